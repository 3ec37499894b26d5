import { desktopOf, os } from './base.ts'

export const place = {
  describe: os.place.describe.handler(({ context }) => desktopOf(context).place.describe()),
  chooseFile: os.place.chooseFile.handler(({ context, input }) =>
    desktopOf(context).place.chooseFile(input.kind),
  ),
  look: os.place.look.handler(({ context, input, signal }) => desktopOf(context).place.look(input, signal)),
  join: os.place.join.handler(({ context, input, signal }) => desktopOf(context).place.join(input, signal)),
  leave: os.place.leave.handler(({ context }) => desktopOf(context).place.leave()),
  setFiles: os.place.setFiles.handler(({ context, input, signal }) =>
    desktopOf(context).place.setFiles(input, signal),
  ),
}
