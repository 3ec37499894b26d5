import type { NearTown, TownName } from '../../shared/schemas/place-name.ts'
import { locale, number, t } from './index.ts'

const countries = new Intl.DisplayNames(locale, { type: 'region' })

export const countryName = (country: string): string => countries.of(country) ?? country

/** `Lyon, France`. */
export const townName = ({ name, country }: TownName): string => `${name}, ${countryName(country)}`

/** Nearer than this no distance is told: a town is as large. */
const toldKm = 10

/** `near Lyon, France`, and from some kilometres on how far away that is. */
export const nearTown = (near: NearTown): string =>
  near.km < toldKm
    ? t('nearTown', { town: townName(near) })
    : t('kmFromTown', { n: number(near.km), town: townName(near) })
