; What the installer for Windows writes into the registry of its user, and the uninstaller takes away again.
; Cimaise is offered among the programs for photos; it becomes the usual one only where the user says so.

!define PROGRAM "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"

!macro opens ENDING
  WriteRegStr HKCU "${PROGRAM}\SupportedTypes" ".${ENDING}" ""
!macroend

!macro customInstall
  WriteRegStr HKCU "${PROGRAM}" "FriendlyAppName" "Cimaise"
  WriteRegStr HKCU "${PROGRAM}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro opens "jpg"
  !insertmacro opens "jpeg"
  !insertmacro opens "png"
  !insertmacro opens "webp"
  !insertmacro opens "avif"
  !insertmacro opens "gif"
  !insertmacro opens "tif"
  !insertmacro opens "tiff"
  !insertmacro opens "heic"
  !insertmacro opens "heif"
  !insertmacro opens "bmp"
  !insertmacro opens "psd"
  !insertmacro opens "jxl"
  !insertmacro opens "jp2"
  !insertmacro opens "arw"
  !insertmacro opens "cr2"
  !insertmacro opens "cr3"
  !insertmacro opens "dng"
  !insertmacro opens "nef"
  !insertmacro opens "orf"
  !insertmacro opens "pef"
  !insertmacro opens "raf"
  !insertmacro opens "rw2"
  !insertmacro opens "mov"
  !insertmacro opens "mp4"

  ; In the menu of a folder.
  WriteRegStr HKCU "Software\Classes\Directory\shell\Cimaise" "" "Cimaise"
  WriteRegStr HKCU "Software\Classes\Directory\shell\Cimaise" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr HKCU "Software\Classes\Directory\shell\Cimaise\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'

  ; Links to albums that are shared.
  WriteRegStr HKCU "Software\Classes\cimaise" "" "URL:Cimaise"
  WriteRegStr HKCU "Software\Classes\cimaise" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\cimaise\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey HKCU "${PROGRAM}"
  DeleteRegKey HKCU "Software\Classes\Directory\shell\Cimaise"
  DeleteRegKey HKCU "Software\Classes\cimaise"
!macroend
