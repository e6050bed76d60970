import { theme, type ThemeConfig } from 'antd'

const FONT = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Segoe UI', sans-serif"

const shape = {
  fontFamily: FONT,
  fontFamilyCode: "Consolas, 'Cascadia Mono', 'DejaVu Sans Mono', 'Noto Sans Mono', monospace",
  fontSize: 16,
  fontSizeSM: 14,
  controlHeight: 36,
  controlHeightSM: 30,
  controlHeightLG: 46,
  borderRadius: 6,
  wireframe: false,
}

const LIGHT_BODY = { colorText: '#1c2526', colorTextSecondary: '#4a5758', colorTextTertiary: '#5c6a6b' }
const DARK_BODY = { colorText: '#e6edec', colorTextSecondary: '#b3c0bf', colorTextTertiary: '#9caaa9' }

const textOf = (body: typeof LIGHT_BODY) => ({
  ...body,
  colorTextPlaceholder: body.colorTextTertiary,
  colorTextDescription: body.colorTextTertiary,
  colorTextQuaternary: body.colorTextTertiary,
})

/** What antd derives its light look from. Text colours are set outright: the derived ones are too pale to read in bad light. */
export const lightTheme = {
  algorithm: theme.defaultAlgorithm,
  token: {
    ...shape,
    ...textOf(LIGHT_BODY),
    colorPrimary: '#0a7c81',
    colorInfo: '#0a7c81',
    colorPrimaryHover: '#086c71',
    colorPrimaryActive: '#065f63',
    colorLink: '#07696e',
    colorError: '#b83227',
    colorWarning: '#b26a00',
    colorSuccess: '#2e7d4f',
    colorBorder: '#93a3a4',
    colorBorderSecondary: '#d5dddd',
    colorBgLayout: '#f2f5f5',
    colorSplit: '#dfe6e6',
    colorPrimaryBg: '#e3f2f2',
    colorPrimaryBgHover: '#d3eaea',
    colorPrimaryBorder: '#a9d3d4',
    controlItemBgActive: '#e3f2f2',
    controlItemBgActiveHover: '#d3eaea',
    controlOutline: 'rgba(11, 138, 143, 0.2)',
    colorSuccessBg: '#e9f5ed',
    colorSuccessBorder: '#a9d3b8',
    colorWarningBg: '#fdf5e3',
    colorWarningBorder: '#e8cf9a',
    colorErrorBg: '#fcefec',
    colorErrorBorder: '#e7b3ac',
    colorInfoBg: '#e6f3f3',
    colorInfoBorder: '#a9d3d4',
  },
  components: {
    Segmented: { itemSelectedBg: '#0a7c81', itemSelectedColor: '#fff', trackBg: '#e3eaea', itemColor: '#3c494a' },
  },
} satisfies ThemeConfig

/** The same for the dark look; filled buttons carry dark writing because the primary colour is light there. */
export const darkTheme = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...shape,
    ...textOf(DARK_BODY),
    colorPrimary: '#43c3c8',
    colorInfo: '#43c3c8',
    colorLink: '#6fd3d6',
    colorError: '#f0796c',
    colorWarning: '#e6a94a',
    colorSuccess: '#6cc08e',
    colorBgBase: '#121818',
    colorBgContainer: '#1a2222',
    colorBgElevated: '#222c2c',
    colorBgLayout: '#111717',
    colorBorder: '#6f8180',
    colorBorderSecondary: '#344140',
    colorSplit: '#2d3938',
    colorPrimaryBg: '#163536',
    colorPrimaryBgHover: '#1d4243',
    colorPrimaryBorder: '#2b5f61',
    controlItemBgActive: '#163536',
    controlItemBgActiveHover: '#1d4243',
    colorSuccessBg: '#182b20',
    colorSuccessBorder: '#35604a',
    colorWarningBg: '#30281a',
    colorWarningBorder: '#6d5527',
    colorErrorBg: '#351d1a',
    colorErrorBorder: '#7c3a33',
    colorInfoBg: '#16302f',
    colorInfoBorder: '#2b5f61',
  },
  components: {
    Button: { primaryColor: '#03201f', dangerColor: '#2a0704' },
    Segmented: { itemSelectedBg: '#43c3c8', itemSelectedColor: '#03201f', trackBg: '#2a3535', itemColor: '#c4d0cf' },
  },
} satisfies ThemeConfig

/** Class under which antd's variables are defined; it stands on the root element and on every antd control. */
export const CSS_KEY = 'youpin'
