/** Takes all steps of long work, each of which says how far it is. Returns what came of it; throws what the work throws. */
export const throughSteps = async <Step, Result>(
  steps: AsyncIterator<Step, Result>,
  onStep: (step: Step) => void = () => undefined,
): Promise<Result> => {
  let step = await steps.next()
  for (; !step.done; step = await steps.next()) onStep(step.value)
  return step.value
}
