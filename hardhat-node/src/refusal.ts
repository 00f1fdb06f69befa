/** What the user has to change, or to wait for: the message says it in one sentence. */
export class Refusal extends Error {}
