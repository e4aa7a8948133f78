/** Whether a model can be asked: some only turn text into numbers. One that tells nothing of itself is given the chance. */
export const answersQuestions = ({ capabilities }: { capabilities: readonly string[] }): boolean =>
  capabilities.length === 0 || capabilities.includes('completion')
