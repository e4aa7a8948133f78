import { Component, type ReactNode } from 'react'
import classes from './markdown.module.css'

type Props = { source: string; children: ReactNode }
type State = { source: string; isBroken: boolean }

/** What cannot be drawn, such as quotes in quotes by the thousand, is shown as it was written; the rest stays. */
export class SourceInstead extends Component<Props, State> {
  override state: State = { source: this.props.source, isBroken: false }

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true }
  }

  static getDerivedStateFromProps({ source }: Props, state: State): State | null {
    return source === state.source ? null : { source, isBroken: false }
  }

  override render() {
    if (!this.state.isBroken) return this.props.children
    return <span className={classes.formulaSource}>{this.props.source}</span>
  }
}
