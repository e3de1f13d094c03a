import type { ExportFormat } from './exportFormat.ts';
import { h5ad } from './formats/h5ad.ts';
import { immport } from './formats/immport.ts';
import { miflowcyt } from './formats/miflowcyt.ts';
import { multiqc } from './formats/multiqc.ts';
import { parquet } from './formats/parquet.ts';
import { png } from './formats/png.ts';
import { roCrate } from './formats/roCrate.ts';
import { sdtmCp } from './formats/sdtmCp.ts';
import { xlsx } from './formats/xlsx.ts';

/** Every form in which a finished run can be given away, in the order of docs/output.md. */
const exportFormats: readonly ExportFormat[] = [xlsx, parquet, h5ad, miflowcyt, immport, sdtmCp, multiqc, roCrate, png];

/** Name -> format. */
export const exportRegistry: ReadonlyMap<string, ExportFormat> = new Map(exportFormats.map((one) => [one.name, one]));
