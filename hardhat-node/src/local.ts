/** The id of the local chain. */
export const CHAIN_ID = 31_337;
