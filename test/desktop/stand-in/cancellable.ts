/** Emits an event that listeners may prevent; says whether none did. */
export const cancellable = <T extends object>(
  emit: (event: T & { preventDefault: () => void }) => unknown,
  details?: T,
) => {
  let prevented = false
  emit({ ...(details as T), preventDefault: () => (prevented = true) })
  return !prevented
}
