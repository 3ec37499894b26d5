import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { connect } from './lib/client.ts'
import { language } from './lib/words/index.ts'

document.documentElement.lang = language
mount(App, { target: document.body, props: { client: connect() } })
