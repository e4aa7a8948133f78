import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract'

/** The contract as the page calls it. */
export type Client = ContractRouterClient<Contract>
