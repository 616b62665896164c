import { zh } from '../zh/table.ts';
export const en = zh;
