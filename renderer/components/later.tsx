import { type ComponentType, useEffect, useState } from 'react'

type Module<Props> = { default: ComponentType<Props> }

/**
 * A component whose code is fetched when it is first shown, or before that by `fetchCode`; `Waiting` stands in its place.
 * React's own `lazy` keeps what has come back for up to 300 ms after another wait was shown. A failed fetch is thrown to
 * the boundary above; a new try asks again.
 */
export function later<Props extends object>(load: () => Promise<Module<Props>>, Waiting: ComponentType<Props>) {
  let Loaded: ComponentType<Props> | null = null
  let loading: Promise<void> | null = null
  const fetchCode = () => {
    loading ??= load().then(
      (module) => {
        Loaded = module.default
      },
      (error: unknown) => {
        loading = null
        throw error
      },
    )
    return loading
  }
  function Later(props: Props) {
    const [state, setState] = useState<{ hasCome: boolean; error?: unknown }>({ hasCome: Loaded !== null })
    useEffect(() => {
      if (state.hasCome) return
      let isHere = true
      fetchCode().then(
        () => isHere && setState({ hasCome: true }),
        (error: unknown) => isHere && setState({ hasCome: false, error }),
      )
      return () => {
        isHere = false
      }
    }, [state.hasCome])
    if ('error' in state) throw state.error
    return Loaded ? <Loaded {...props} /> : <Waiting {...props} />
  }
  return Object.assign(Later, { fetchCode })
}
