'use client';

import BrokenRoot from '@/components/parts/broken-root';
import './globals.css';

/** With the style sheet, which the layout may not have brought. */
export default BrokenRoot;
