/** One answer of the new server's runner. */
export type SlotStory = {
  slot: number
  task: number
  contextLength: number
  promptTokens: number
  knownTokens: number
  /** How much of what the slot knew is used again. */
  keptShare: number
}

const id = ({ slot }: SlotStory) => `id ${String(slot).padStart(2)}`

/** What llama-server says when it takes a prompt. */
export function slotBeginLines(story: SlotStory): string[] {
  const { task, promptTokens, knownTokens, contextLength } = story
  const kept = story.keptShare.toFixed(3)
  const similarity = (knownTokens / Math.max(1, promptTokens)).toFixed(3)
  const waiting = `slot get_availabl: ${id(story)} | task -1 | `
  const launch = `slot launch_slot_: ${id(story)} | task -1 | `
  const working = `slot   operator(): ${id(story)} | task ${task} | `
  const isKnown = knownTokens > 0.1 * promptTokens
  return [
    'srv  server_strea: conv_id= (empty=1)',
    isKnown
      ? `${waiting} - checking sim = ${similarity} (${knownTokens}/${promptTokens}) > 0.100`
      : `${waiting} - skipping, slot is empty`,
    isKnown
      ? `${waiting}selected slot by LCP similarity, f_sim_best = ${similarity} (> 0.100 thold), f_keep = ${kept}`
      : `${waiting}selected slot by LRU, t_last = -1`,
    // What would be lost of a slot's prompt is stored first, unless most of it is used again.
    ...(isKnown && story.keptShare >= 0.5
      ? []
      : [
          'srv  get_availabl: updating prompt cache',
          `srv          load:  - looking for better prompt, base f_keep = ${isKnown ? kept : '-1.000'}, f_sim = ${similarity}`,
          `srv        update:  - cache state: 0 prompts, 0.000 MiB (limits: 8192.000 MiB, ${contextLength} tokens, 8589934592 est)`,
          'srv  get_availabl: prompt cache update took 0.02 ms',
        ]),
    `${launch}sampler chain: logits -> ?penalties -> ?dry -> ?top-n-sigma -> top-k -> ?typical -> top-p -> ?min-p -> ?xtc -> temp-ext -> dist `,
    `${launch}sampler params: `,
    '\trepeat_last_n = 64, repeat_penalty = 1.000, frequency_penalty = 0.000, presence_penalty = 0.000',
    '\tdry_multiplier = 0.000, dry_base = 1.750, dry_allowed_length = 2, dry_penalty_last_n = 64',
    '\ttop_k = 40, top_p = 0.900, min_p = 0.000, xtc_probability = 0.000, xtc_threshold = 0.100, typical_p = 1.000, top_n_sigma = -1.000, temp = 0.800',
    '\tmirostat = 0, mirostat_lr = 0.100, mirostat_ent = 5.000, adaptive_target = -1.000, adaptive_decay = 0.900',
    `slot launch_slot_: ${id(story)} | task ${task} | processing task, is_child = 0`,
    `${working}new prompt, n_ctx_slot = ${contextLength}, n_keep = 4, task.n_tokens = ${promptTokens}`,
    ...(knownTokens >= promptTokens - 1 && knownTokens > 0
      ? [
          `${working}need to evaluate at least 1 token for each active slot (n_past = ${promptTokens}, task.n_tokens() = ${promptTokens})`,
          `${working}n_past was set to ${promptTokens - 1}`,
        ]
      : []),
    `${working}cached n_tokens = ${knownTokens}, memory_seq_rm [${knownTokens}, end)`,
    `slot init_sampler: ${id(story)} | task ${task} | init sampler, took 0.01 ms, tokens: text = ${promptTokens}, total = ${promptTokens}`,
  ]
}

/** What it says when it has answered. */
export function slotEndLines(
  story: SlotStory,
  result: { promptMs: number; answerTokens: number; answerMs: number },
  isIdle: boolean,
): string[] {
  const read = Math.max(1, story.promptTokens - story.knownTokens)
  const timing = `slot print_timing: ${id(story)} | task ${story.task} | `
  const line = (label: string, durationMs: number, tokens: number) =>
    `${timing}${label} = ${durationMs.toFixed(2).padStart(10)} ms / ${String(tokens).padStart(5)} tokens`
  const rate = (durationMs: number, tokens: number) =>
    ` (${(durationMs / tokens).toFixed(2).padStart(8)} ms per token, ${((tokens / Math.max(0.001, durationMs)) * 1000).toFixed(2).padStart(8)} tokens per second)`
  return [
    line('prompt eval time', result.promptMs, read) + rate(result.promptMs, read),
    line('       eval time', result.answerMs, result.answerTokens) +
      rate(result.answerMs, Math.max(1, result.answerTokens)),
    line('      total time', result.promptMs + result.answerMs, read + result.answerTokens),
    `${timing}   graphs reused = ${String(Math.max(0, result.answerTokens - 1)).padStart(10)}`,
    `slot      release: ${id(story)} | task ${story.task} | stop processing: n_tokens = ${story.promptTokens + result.answerTokens - 1}, truncated = 0`,
    ...(isIdle ? ['srv  update_slots: all slots are idle'] : []),
  ]
}
