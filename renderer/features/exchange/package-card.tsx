import type { PackageView } from '../../../shared/contract/views.ts'
import { checkCodeOf } from '../../../shared/report/model.ts'
import { DeliveryState } from '../../ui/delivery-state.tsx'
import { PackageWays } from '../../ui/package-ways.tsx'
import { useFormat, useText } from '../../ui/text.ts'

/** One package: whose, which revision, where it is; export to a file or send to the centre. */
export function PackageCard({ item, projectId }: { item: PackageView; projectId: string }) {
  const t = useText('exchange')
  const { size } = useFormat()
  const { digest } = item
  const isOurs = item.origin === 'made' && !item.isSuperseded
  return (
    <article className="card package" data-superseded={item.isSuperseded}>
      <div className="row package-head">
        <h2>
          {t(`kind_${item.kind}`)} · {item.name}
        </h2>
        <span className="chip">{t('revisionN', { n: item.revision })}</span>
        <span className="chip">{item.origin === 'made' ? t('madeHere') : t('imported')}</span>
        {item.isSuperseded ? <span className="chip chip-middling">{t('superseded')}</span> : null}
        <span className="quiet">{size(item.size)}</span>
      </div>
      <DeliveryState delivery={item} />
      <p className="quiet">
        {t('code')} <span className="mono check-code">{checkCodeOf(digest)}</span>
      </p>
      <PackageWays
        digest={digest}
        projectId={projectId}
        refresh={[]}
        isPrimary={isOurs && item.exportedAt === null}
        canSend={isOurs && item.receivedAt === null}
      />
    </article>
  )
}
