// How is a sheet handed over from which an app begins?
import { takeFile } from '../../runtime/web/assets/src/fields/sheet_file';

for (const form of document.querySelectorAll<HTMLFormElement>('[data-sheet-form]')) takeFile(form);
