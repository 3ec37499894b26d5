import '../i18n/later.ts'
import { mount } from 'svelte'
import PicturePage from './PicturePage.svelte'

/** Makes this window one for the picture alone. @param channel Where it hears of the photo. */
export const showPicturePage = (channel: string) =>
  mount(PicturePage, { target: document.body, props: { channel } })
