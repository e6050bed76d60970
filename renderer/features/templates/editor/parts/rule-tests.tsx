import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { When } from '../../../../../shared/domain/template.ts'
import { useText } from '../../../../ui/text.ts'
import { NumberEntry, PercentEntry } from '../entries.tsx'
import { at, type Lens } from '../lens.ts'
import { usePut, useValue } from '../use-editor.ts'

type Test = keyof When

/** Every test with what it begins as, in the order it is offered and shown. */
const TESTS: { [test in Test]-?: NonNullable<When[test]> } = {
  anyVetoFail: true,
  anyVetoPending: true,
  anyGateNo: true,
  totalRateAtLeast_bp: 8000,
  conformityRateAtLeast_bp: 8000,
  sectionRateAtLeast_bp: 6000,
  conformity: { zeroAtMost: 0, belowTopAtMost: 4 },
  openNonconformities: { major: 0, minor: 0 },
}
const NAMES = Object.keys(TESTS) as Test[]
const isYesNo = (test: Test): test is 'anyVetoFail' | 'anyVetoPending' | 'anyGateNo' =>
  test === 'anyVetoFail' || test === 'anyVetoPending' || test === 'anyGateNo'

/** The conditions of one rule as sentences; all must hold. */
export function RuleTests({ lens }: { lens: Lens<When> }) {
  const t = useText('templateEditor')
  const when = useValue(lens) ?? {}
  const put = usePut(lens)
  const present = NAMES.filter((test) => when[test] !== undefined)
  const absent = NAMES.filter((test) => when[test] === undefined)
  const drop = (test: Test) => put(Object.fromEntries(Object.entries(when).filter(([name]) => name !== test)))
  const add = (test: Test | undefined) => {
    if (test) put({ ...when, [test]: TESTS[test] })
  }
  return (
    <div className="rule-tests" data-path={lens.path}>
      <p className="quiet">{present.length === 0 ? t('noTests') : t('allHold')}</p>
      {present.map((test) => (
        <div key={test} className="rule-test" role="group" aria-label={t(`test_${test}`)}>
          <TestWords lens={lens} test={test} />
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('removeTest', { test: t(`test_${test}`) })}
            onClick={() => drop(test)}
          />
        </div>
      ))}
      {absent.length === 0 ? null : (
        <select
          className="select-entry"
          aria-label={t('addTest')}
          value=""
          onChange={(event) => add(absent.find((test) => test === event.target.value))}
        >
          <option value="">{t('addTest')}</option>
          {absent.map((test) => (
            <option key={test} value={test}>
              {t(`test_${test}`)}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

function TestWords({ lens, test }: { lens: Lens<When>; test: Test }) {
  const t = useText('templateEditor')
  if (isYesNo(test)) return <YesNoTest lens={lens} test={test} />
  if (test === 'conformity') {
    const counts = at(lens, 'conformity') as Lens<NonNullable<When['conformity']>>
    return (
      <>
        <NumberEntry lens={at(counts, 'zeroAtMost')} label={t('zeroAtMost')} max={10_000} suffix={t('unitItems')} />
        <NumberEntry
          lens={at(counts, 'belowTopAtMost')}
          label={t('belowTopAtMost')}
          max={10_000}
          suffix={t('unitItems')}
        />
      </>
    )
  }
  if (test === 'openNonconformities') {
    const counts = at(lens, 'openNonconformities') as Lens<NonNullable<When['openNonconformities']>>
    return (
      <>
        <NumberEntry lens={at(counts, 'major')} label={t('majorAtMost')} max={10_000} suffix={t('unitItems')} />
        <NumberEntry lens={at(counts, 'minor')} label={t('minorAtMost')} max={10_000} suffix={t('unitItems')} />
      </>
    )
  }
  return <PercentEntry lens={at(lens, test) as Lens<number>} label={t(`test_${test}`)} />
}

function YesNoTest({ lens, test }: { lens: Lens<When>; test: 'anyVetoFail' | 'anyVetoPending' | 'anyGateNo' }) {
  const t = useText('templateEditor')
  const own = at(lens, test) as Lens<boolean>
  const value = useValue(own)
  const put = usePut(own)
  return (
    <label className="field">
      {t(`test_${test}`)}
      <select
        className="select-entry"
        value={value === false ? 'no' : 'yes'}
        onChange={(event) => put(event.target.value === 'yes')}
      >
        <option value="yes">{t(`${test}_yes`)}</option>
        <option value="no">{t(`${test}_no`)}</option>
      </select>
    </label>
  )
}
