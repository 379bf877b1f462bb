import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe has to say of a page. Legacy: without a page of its own that puts together what frames say; the only ones here
 * hold the text of a mail, which is its writer's.
 */
export const axeOf = (page: Page): AxeBuilder => new AxeBuilder({ page }).exclude('iframe').setLegacyMode();
