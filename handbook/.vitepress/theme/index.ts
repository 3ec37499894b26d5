/// <reference types="vitepress/client" />
/** The theme of VitePress with the system's own font: the handbook loads nothing from anywhere. */
export { default } from 'vitepress/theme-without-fonts'
import './style.css'
