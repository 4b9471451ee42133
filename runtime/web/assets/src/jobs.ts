// What does the page of background tasks do?
import { installJob } from './job';

document.querySelectorAll<HTMLElement>('[data-job]').forEach(installJob);
