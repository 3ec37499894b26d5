/** What users mark photos with, besides tags and stars, in the order in which it is offered. */
export const flags = ['pick', 'reject'] as const
export const labels = ['red', 'yellow', 'green', 'blue'] as const
