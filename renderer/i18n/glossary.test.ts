import { expect, test } from 'vitest'
import { textsOf } from './texts.testing'

/** Words that another word has taken the place of: what the reader would see, and what is said instead. */
const never: Record<'en' | 'zh-CN', [RegExp, string][]> = {
  en: [
    [/\bin force\b|\beffective\b/i, 'in effect'],
    [/\basked\b(?! for)/i, 'set to'],
    [/\bdaemon\b/i, 'server'],
    [/nobody saw|\bsomebody\b|\banybody\b/i, 'name the act'],
    [/(does not|no longer) answer/i, 'is not responding'],
    [/\badopt(ed|s)?\b|\bmigrat/i, 'used as is, take over'],
    [/turned away/i, 'rejected'],
    [/waits? for its turn/i, 'queued'],
    [/under way/i, 'in flight, in progress'],
    [/streams at once/i, 'concurrent streams'],
    [/tokens a second|\bTPS\b/i, 'tokens per second'],
    [/thoroughness/i, 'run length'],
    [/system rate|all streams together/i, 'throughput'],
    [/reading the prompt/i, 'prefill'],
    [/time per output token/i, 'time per token'],
    [/trained context/i, 'maximum context'],
    [/what (has|had) (arrived|come)/i, 'what arrived, the partial download'],
    [/graphics memory|on the cards\b/i, 'VRAM'],
    [/main memory/i, 'system memory'],
    [/\bprocessor\b(?!$)/i, 'CPU'],
    [/held back/i, 'throttled'],
    [/smaller (KV )?cache/i, 'quantized KV cache'],
    [/\bprovider\b|\bendpoint\b(?!s)/i, 'backend'],
    [/passed over/i, 'skipped'],
    [/out of money|\bledger\b|\bbooked\b/i, 'out of credit, usage, recorded'],
    [/cut short|fell silent/i, 'cut off, stalled'],
    [/in no figure/i, 'not counted'],
    [/desktop program/i, 'desktop app'],
    [/utilis/i, 'utilization'],
    [/\bmend\b|\bleave the simulator\b|there is no ollama on/i, 'fix, exit, not installed'],
  ],
  'zh-CN': [
    [/服务器/, '服务'],
    [/当前生效|要求值/, '生效值、设定值'],
    [/首字|首 token 时间|第一个 token/, '首 token 延迟'],
    [/在途/, '进行中'],
    [/载入/, '加载'],
    [/并发路数/, '并发数'],
    [/测试强度/, '测试档位'],
    [/系统总速率|系统 tok\/s/, '总吞吐'],
    [/处理提示词/, '预填充'],
    [/每个 token 用时/, '每 token 用时'],
    [/训练上下文/, '最大上下文'],
    [/家族/, '系列'],
    [/每块|一块卡|块 GPU/, '张'],
    [/较小的( KV )?缓存/, '量化 KV 缓存'],
    [/沉默|没有透露|读不懂/, '没有响应、未提供、无法解析'],
    [/其他人/, '在 Corral 之外'],
    [/接管/, '直接使用'],
    [/渠道|网关|账本|入账|余额用尽|花费/, '后端、中转、用量、已记录、余额不足、费用'],
    [/不计入任何数字/, '不计入结果'],
    [/桌面程序/, '桌面版'],
    [/写不进|连不上/, '无法保存、无法连接'],
    [/ %/, '% 前不留空格'],
  ],
}

/** What a text says, without the names of its holes. */
const said = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, '◆')

for (const language of ['en', 'zh-CN'] as const)
  test(`F27, F28: one word for one thing in every text: ${language}`, () => {
    const offending = [...textsOf(language)].flatMap(([key, text]) =>
      never[language]
        .filter(([word]) => word.test(said(text)))
        .map(([, better]) => `${key}: "${text}" (say: ${better})`),
    )
    expect(offending).toEqual([])
  })
