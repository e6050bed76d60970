import { createInstance, type i18n as Translator } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { catalogues, resourcesOf } from '../shared/text/index.ts'

/** The running translator; `changeLanguage` switches every text at once. */
export const i18n: Translator = createInstance()

void i18n.use(initReactI18next).init({
  resources: { zh: resourcesOf('zh'), en: resourcesOf('en') },
  ns: Object.keys(catalogues),
  lng: 'zh',
  fallbackLng: 'zh',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
})
