// Prints ui/theme/antd.css: antd's styles and variables for our light and dark look, so that the window injects none.
// Run `NODE_ENV=production node renderer/ui/theme/generate.ts > renderer/ui/theme/antd.css` and `npm run format` after changing seeds.ts or antd.
import { StyleProvider, createCache, extractStyle } from '@ant-design/cssinjs'
import * as antd from 'antd'
import { createElement, type ElementType, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { CSS_KEY, darkTheme, lightTheme } from './seeds.ts'

const NOT_USED = new Set([
  'Affix',
  'Anchor',
  'App',
  'AutoComplete',
  'BackTop',
  'BorderBeam',
  'Calendar',
  'Carousel',
  'Cascader',
  'ColorPicker',
  'ConfigProvider',
  'FloatButton',
  'Grid',
  'List',
  'Masonry',
  'Mentions',
  'QRCode',
  'Rate',
  'Splitter',
  'Statistic',
  'Tour',
  'Transfer',
  'TreeSelect',
  'Watermark',
])

const SPECIAL: Record<string, () => ReactNode> = {
  Badge: () => [createElement(antd.Badge, { key: 1 }), createElement(antd.Badge.Ribbon, { key: 2 })],
  Dropdown: () => createElement(antd.Dropdown, { menu: { items: [] } }, createElement('i')),
  DatePicker: () => [
    createElement(antd.DatePicker, { key: 1 }),
    createElement(antd.DatePicker.RangePicker, { key: 2 }),
    createElement(antd.TimePicker, { key: 3 }),
  ],
  Menu: () => createElement(antd.Menu, { items: [] }),
  Layout: () => createElement(antd.Layout, {}, createElement(antd.Layout.Sider)),
  Modal: () => createElement(antd.Modal._InternalPanelDoNotUseOrYouWillBeFired),
  Drawer: () => createElement(antd.Drawer._InternalPanelDoNotUseOrYouWillBeFired),
  Popover: () => createElement(antd.Popover._InternalPanelDoNotUseOrYouWillBeFired),
  Popconfirm: () => createElement(antd.Popconfirm._InternalPanelDoNotUseOrYouWillBeFired, { title: '' }),
  Tooltip: () => createElement(antd.Tooltip._InternalPanelDoNotUseOrYouWillBeFired, { title: '' }),
  Tree: () => createElement(antd.Tree, { treeData: [] }),
  Tabs: () => createElement(antd.Tabs, { items: [] }),
  Input: () => [
    createElement(antd.Input, { key: 1 }),
    createElement(antd.Input.TextArea, { key: 2 }),
    createElement(antd.Input.Search, { key: 3 }),
    createElement(antd.Input.Password, { key: 4 }),
    createElement(antd.Space.Compact, { key: 5 }, createElement(antd.Button)),
  ],
  Radio: () => [createElement(antd.Radio, { key: 1 }), createElement(antd.Radio.Button, { key: 2 })],
  Checkbox: () => createElement(antd.Checkbox.Group, {}, createElement(antd.Checkbox)),
  Typography: () => createElement(antd.Typography.Text, { copyable: true }, 'x'),
}

function everyComponent(): ReactNode[] {
  return Object.entries(antd)
    .filter(([name]) => /^[A-Z]/.test(name) && !NOT_USED.has(name) && name !== 'default')
    .map(([name, Component]) =>
      createElement('div', { key: name }, SPECIAL[name]?.() ?? createElement(Component as ElementType)),
    )
}

function extracted(config: antd.ThemeConfig, types: ('style' | 'token' | 'cssVar')[]): string {
  const cache = createCache()
  const themeConfig = { ...config, hashed: false, cssVar: { key: CSS_KEY } }
  renderToString(
    createElement(
      StyleProvider,
      { cache },
      createElement(antd.ConfigProvider, { theme: themeConfig }, ...everyComponent()),
    ),
  )
  return extractStyle(cache, { plain: true, types })
    .replace(/\.data-ant-cssinjs-cache-path\{[^}]*\}/, '')
    .replaceAll(/\.css-var-_R_[^{}]*\{[^{}]*\}/g, '')
}

/** Selector → declaration name → value of a flat sheet of variables. */
function declarationsOf(css: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>()
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const values = found.get(selector) ?? new Map<string, string>()
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):([^;]*);?/g)) values.set(name, value)
    found.set(selector, values)
  }
  return found
}

/** The dark variables that differ from the light ones. */
function differences(light: string, dark: string): string {
  const known = declarationsOf(light)
  return [...declarationsOf(dark)]
    .map(([selector, values]) => {
      const changed = [...values].filter(([name, value]) => known.get(selector)?.get(name) !== value)
      const scoped = selector
        .split(',')
        .map((one) => (one === `.${CSS_KEY}` ? `.dark${one},.dark ${one}` : `.dark ${one}`))
        .join(',')
      return changed.length === 0 ? '' : `${scoped}{${changed.map(([name, value]) => `${name}:${value};`).join('')}}`
    })
    .join('')
}

const lightValues = extracted(lightTheme, ['token', 'cssVar'])
const darkValues = extracted(darkTheme, ['token', 'cssVar'])
const parts = [lightValues, differences(lightValues, darkValues), extracted(lightTheme, ['style'])]
console.log(`/* Made by generate.ts; do not edit. */\n${parts.join('').replaceAll('}', '}\n')}`)
