import { inRow } from '../i18n/forward.ts'
import type { Command } from '../commands/command.ts'
import { loupeOf, pansOf, scalesOf, type Zoomed } from '../commands/zoom-commands.ts'
import { toggleFullScreen } from '../viewer/fullscreen.ts'

interface PictureControls extends Zoomed {
  step: (by: 1 | -1) => void
}

/** What keys do in the window for the picture alone: those of the viewer that are about looking. */
export const pictureCommands: readonly Command<PictureControls>[] = [
  {
    id: 'picture-next',
    label: 'next',
    keys: [inRow('ArrowRight')],
    group: 'look',
    repeats: true,
    run: ({ step }) => step(1),
  },
  {
    id: 'picture-previous',
    label: 'previous',
    keys: [inRow('ArrowLeft')],
    group: 'look',
    repeats: true,
    run: ({ step }) => step(-1),
  },
  { id: 'picture-zoom', label: 'keyZoom', keys: ['z'], group: 'look', run: ({ zoom }) => zoom?.toggle() },
  { id: 'picture-full', label: 'keyFull', keys: ['f'], group: 'look', run: toggleFullScreen },
  loupeOf<PictureControls>('picture-'),
  ...pansOf<PictureControls>('picture-'),
  ...scalesOf<PictureControls>('picture-'),
]
