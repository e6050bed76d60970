import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../shared/contract/views.ts'
import { i18n } from '../i18n.ts'
import { useCall } from '../queries.ts'
import { Spoken } from './text.ts'
import { CSS_KEY, darkTheme, lightTheme } from './theme/seeds.ts'

const DEFAULTS: Settings = { language: 'zh', theme: 'system', textSize: 100, touch: false }
const LooksContext = createContext<Settings & { isDark: boolean }>({ ...DEFAULTS, isDark: false })

/** Language, theme, text size and touch mode now in force. */
export const useLooks = () => useContext(LooksContext)

/** Whether the system wishes something, as it changes. */
function makeWish(query: string): () => boolean {
  const media = window.matchMedia(query)
  const watch = (changed: () => void) => {
    media.addEventListener('change', changed)
    return () => media.removeEventListener('change', changed)
  }
  return () => useSyncExternalStore(watch, () => media.matches)
}
const useSystemDark = makeWish('(prefers-color-scheme: dark)')
const useStillness = makeWish('(prefers-reduced-motion: reduce)')

/** Puts the person's settings onto the page and onto antd. */
export function Looks({ children }: { children: React.ReactNode }) {
  const settings = useCall('app.settings', {}).data ?? DEFAULTS
  const isSystemDark = useSystemDark()
  const isStill = useStillness()
  const isDark = settings.theme === 'dark' || (settings.theme === 'system' && isSystemDark)
  const { language, textSize, touch } = settings
  useEffect(() => {
    const root = document.documentElement
    root.classList.toggle('dark', isDark)
    root.classList.toggle('touch', touch)
    root.lang = language === 'zh' ? 'zh-CN' : 'en'
    root.style.setProperty('zoom', String(textSize / 100))
    void i18n.changeLanguage(language)
    document.title = i18n.t('appName', { ns: 'common', lng: language })
  }, [isDark, touch, language, textSize])
  const looks = isDark ? darkTheme : lightTheme
  return (
    <LooksContext value={{ ...settings, isDark }}>
      <ConfigProvider
        locale={language === 'zh' ? zhCN : enUS}
        componentSize={touch ? 'large' : 'middle'}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
        theme={{
          ...looks,
          token: { ...looks.token, motion: !isStill },
          zeroRuntime: true,
          hashed: false,
          cssVar: { key: CSS_KEY },
        }}
      >
        <Spoken>{children}</Spoken>
      </ConfigProvider>
    </LooksContext>
  )
}
