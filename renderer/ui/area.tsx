import { Input, type GetProps } from 'antd'

type AreaProps = Omit<GetProps<typeof Input.TextArea>, 'autoSize' | 'rows'> & { rows?: number }

/** Text of several lines that grows with its content by CSS; antd's `autoSize` would need inline styles the policy forbids. */
export function Area({ rows = 3, className = '', style, ...rest }: AreaProps) {
  return (
    <Input.TextArea
      {...rest}
      className={`area ${className}`}
      style={{ ...style, minHeight: `calc(${rows} * 1.5em + 14px)` }}
    />
  )
}
