import { Button, createTheme, type MantineColorsTuple, Switch, TextInput, Tooltip } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e3f2f0',
  '#cde7e4',
  '#9fd3cd',
  '#6fbfb6',
  '#2bb8a9',
  '#1a938a',
  '#0f766e',
  '#0f766e',
  '#0c5f58',
  '#094943',
]

/** What deletes: its button is the same in light and dark, its words are the theme's `--bad`. */
const red: MantineColorsTuple = [
  '#fbe7e9',
  '#f6cdd0',
  '#f1616a',
  '#f1616a',
  '#f1616a',
  '#e0434f',
  '#c22330',
  '#c22330',
  '#a81d29',
  '#8c1822',
]

/** Mantine draws fields and disabled buttons in the dark from these: from text to page, as in theme.css. */
const dark: MantineColorsTuple = [
  '#e6eaed',
  '#c3cad0',
  '#9aa5ae',
  '#6b7680',
  '#272e33',
  '#22282d',
  '#1b2024',
  '#15191c',
  '#0e1113',
  '#0a0c0e',
]

const font =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'

/** Mantine in the colours and sizes of Corral; the tokens themselves lie in theme.css. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 7,
  colors: { teal, red, dark },
  fontFamily: font,
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  headings: { fontFamily: font, fontWeight: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', radius: 6 },
      styles: { root: { fontWeight: 500, height: 32 } },
    }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: false, openDelay: 250, transitionProps: { duration: 100 } } }),
  },
})
