import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons'
import { Input, type InputProps, type InputRef } from 'antd'
import type { Ref } from 'react'
import { useText } from './text.ts'

type SearchInputProps = Pick<InputProps, 'className' | 'onChange'> & {
  ref?: Ref<InputRef>
  label: string
  value: string
}

/** What is looked for as it is typed, with a way to empty it. */
export function SearchInput({ label, className = '', ...input }: SearchInputProps) {
  const t = useText('common')
  return (
    <Input
      {...input}
      type="search"
      className={className}
      aria-label={label}
      placeholder={label}
      prefix={<SearchOutlined />}
      allowClear={{
        clearIcon: (
          <span>
            <CloseCircleFilled />
            <span className="only-read">{t('emptySearch')}</span>
          </span>
        ),
      }}
    />
  )
}
