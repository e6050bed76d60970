import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { catalogues, resourcesOf } from '../shared/text/index.ts'

/** The running translator; `changeLanguage` switches every text at once. */
export const i18n = createInstance()

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
