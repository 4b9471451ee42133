// What does every page of the designer need: edits, undoing, the width of the sheet, the panel?
import './design/edits';
import './design/frame';
import './panel';
import { listenToCopying } from './design/copying';
import { listenToLeaving } from './design/leaving';
import { listenToRemoving } from './design/removing';

listenToCopying();
listenToLeaving();
listenToRemoving();
