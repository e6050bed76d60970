import { useFormContext } from 'react-hook-form'
import type { TaskContent } from '../../../../shared/contract/drafts.ts'
import { useText } from '../../../ui/text.ts'
import { Entry } from './entry.tsx'
import { Lines } from './lines.tsx'
import { Locked } from './locked.tsx'
import { newId } from './new-id.ts'

/** What is evaluated and where. */
export function ScopePart() {
  const t = useText('task')
  const { getValues } = useFormContext<TaskContent>()
  return (
    <>
      <Locked>
        <Entry name="scope.products" label={t('products')} rows={2} />
        <Entry name="scope.boundary" label={t('boundary')} hint={t('boundaryHint')} rows={3} />
      </Locked>
      <Lines
        name="scope.sites"
        title={t('sites')}
        empty={t('noSites')}
        addText={t('addSite')}
        blank={() => ({
          id: newId(
            'site',
            getValues('scope.sites').map((site) => site.id),
          ),
          name: '',
          address: '',
        })}
      >
        {(index) => (
          <>
            <Entry name={`scope.sites.${index}.name`} label={t('siteName')} isRequired />
            <Entry name={`scope.sites.${index}.address`} label={t('address')} />
          </>
        )}
      </Lines>
    </>
  )
}
