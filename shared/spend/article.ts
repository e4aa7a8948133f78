/** What the article calculates with: two RTX 4090s, 10 million tokens a month, dollars at 7.3 or one to one. */
export const article = {
  hardware: '28000',
  electricityPerMonth: '450',
  localOperationsPerMonth: '2000',
  cloudOperationsPerMonth: '200',
  tokensPerMonth: '10000000',
  officialRate: '7.3',
  relayRate: '1',
} as const
