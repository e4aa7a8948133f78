/** A model, wherever it answers: the same name may be at several places. The server that Corral runs has the id `own`. */
export type ModelRef = { backendId: string; name: string }
