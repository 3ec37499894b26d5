/** Photos of a view that are asked for at once. */
export const pageSize = 200
