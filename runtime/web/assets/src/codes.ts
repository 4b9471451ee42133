// Which code does a picture show? Large, so it is loaded only where the browser can't tell itself.
import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library';

const FORMATS = [
  BarcodeFormat.EAN_13,
  BarcodeFormat.EAN_8,
  BarcodeFormat.UPC_A,
  BarcodeFormat.UPC_E,
  BarcodeFormat.CODE_128,
  BarcodeFormat.CODE_39,
  BarcodeFormat.ITF,
  BarcodeFormat.QR_CODE,
  BarcodeFormat.DATA_MATRIX,
];
const READER = new MultiFormatReader();
READER.setHints(
  new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, FORMATS],
    [DecodeHintType.TRY_HARDER, true],
  ]),
);

export function read(canvas: HTMLCanvasElement): string | undefined {
  const { width, height } = canvas;
  if (!width || !height) return undefined;
  const { data } = canvas.getContext('2d', { willReadFrequently: true })!.getImageData(0, 0, width, height);
  const grey = new Uint8ClampedArray(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4;
    grey[at] = (data[from]! * 306 + data[from + 1]! * 601 + data[from + 2]! * 117) >> 10;
  }
  try {
    const source = new RGBLuminanceSource(grey, width, height);
    return READER.decodeWithState(new BinaryBitmap(new HybridBinarizer(source))).getText();
  } catch {
    return undefined;
  }
}
