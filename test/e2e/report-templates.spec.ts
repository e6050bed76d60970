import { AxeBuilder } from '@axe-core/playwright'
import sharp from 'sharp'
import { t } from '../support/e2e-text.ts'
import { expect, test } from './fixtures.ts'

test('a template with a logo and other chapters is made beside its preview, issued, used, and shapes the report', async ({
  bench,
}) => {
  const desk = await bench.open('lead', { from: ['merged', 'lead'] })
  const { page } = desk
  await desk.go('/report-templates')
  const industry = page.getByRole('region', { name: t('reportTemplates', 'category_industry') })
  await industry.getByRole('button', { name: t('reportTemplates', 'copy') }).click()
  await page.getByLabel(t('reportTemplates', 'name'), { exact: true }).fill('省办样式')
  await page.getByLabel(t('reportTemplates', 'mark'), { exact: true }).fill('某省品牌评定委员会')
  const paper = page.getByRole('article', { name: t('report', 'preview') })
  await expect(paper.getByText('某省品牌评定委员会').first()).toBeVisible()

  const logo = bench.file('logo.png')
  await sharp({ create: { width: 600, height: 200, channels: 3, background: '#0b8a8f' } })
    .png()
    .toFile(logo)
  await desk.answer(logo)
  await page.getByRole('button', { name: t('reportTemplates', 'chooseLogo') }).click()
  await expect(paper.getByRole('img', { name: '某省品牌评定委员会' })).toBeVisible()

  await page.getByRole('button', { name: t('reportTemplates', 'partChapters') }).click()
  await page.getByRole('checkbox', { name: '企业及产品概况' }).uncheck()
  // The page turns to what changed.
  await expect(paper.getByRole('heading', { name: '三、资质评价遗留问题核实' })).toBeInViewport()
  await page.getByRole('button', { name: t('reportTemplates', 'up', { name: '评价结论与推荐意见' }) }).click()
  await expect(paper.getByRole('heading', { name: '十、评价结论与推荐意见' })).toBeAttached()
  await expect(paper.getByRole('heading', { name: /企业及产品概况/ })).toHaveCount(0)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id)).toEqual([])

  await page.getByRole('button', { name: t('reportTemplates', 'issue', { n: 1 }) }).click()
  await page.getByRole('button', { name: t('reportTemplates', 'useNow') }).click()
  await expect(page.getByText(/已选用/)).toBeVisible()
  await desk.go(`/task/${bench.taskId}/report`)
  await expect(page.getByRole('article').getByText('某省品牌评定委员会').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: '十、评价结论与推荐意见' })).toBeAttached()
  expect(desk.complaints).toEqual([])
})
