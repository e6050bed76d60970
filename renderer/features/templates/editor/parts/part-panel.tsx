import { useText } from '../../../../ui/text.ts'
import type { Part } from '../selection.ts'
import { BandsPart } from './bands-part.tsx'
import { BasicsPart } from './basics-part.tsx'
import { GradesPart } from './grades-part.tsx'
import { IndicatorPart } from './indicator-part.tsx'
import { MergePart } from './merge-part.tsx'
import { ProfilesPart } from './profiles-part.tsx'
import { RemediesPart } from './remedies-part.tsx'
import { RulesPart } from './rules-part.tsx'
import { TextsPart } from './texts-part.tsx'

const PANELS: Record<Part, () => React.ReactNode> = {
  basics: BasicsPart,
  grades: GradesPart,
  bands: BandsPart,
  indicator: IndicatorPart,
  merge: MergePart,
  remedies: RemediesPart,
  texts: TextsPart,
  rules: RulesPart,
  profiles: ProfilesPart,
}

/** One page of the checklist's own properties. */
export function PartPanel({ part }: { part: Part }) {
  const t = useText('templateEditor')
  const Panel = PANELS[part]
  return (
    <>
      <div className="panel-head">
        <h2>{t(`part_${part}`)}</h2>
      </div>
      <p className="soft panel-lead">{t(`partText_${part}`)}</p>
      <div className="panel-form">
        <Panel />
      </div>
    </>
  )
}
