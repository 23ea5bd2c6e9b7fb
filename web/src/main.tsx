// Entry of the console.
import { render } from 'preact';
import { App } from './app.tsx';
import { startClock } from './clock.ts';
import { startRouter } from './router.ts';
import { applyTheme } from './settings.ts';
import './style/tokens.css';
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/charts.css';

applyTheme();
startClock();
startRouter();
const root = document.getElementById('console');
if (root !== null) render(<App />, root);
