import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './ui/theme/antd.css'
import './ui/theme/tokens.css'
import './styles/base.css'
import './styles/cards.css'
import './styles/fields.css'
import './styles/states.css'
import './styles/frame.css'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
