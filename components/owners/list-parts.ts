/** What most first looks at a list do not show. It is fetched in a quiet moment, so that it is here without the network too. */
export const loadListStates = () => import('./list-states');
export const loadSelectionBar = () => import('./selection-bar');
export const loadSearchStatus = () => import('./search-status');
export const loadSearchHelp = () => import('./search-help');
export const loadSearchTerms = () => import('./search-terms');
export const loadKeptNotice = () => import('./kept-notice');

/** Fetches all of them; what fails is fetched again where it is needed. */
export const loadListParts = () =>
  Promise.allSettled(
    [loadListStates, loadSelectionBar, loadSearchStatus, loadSearchHelp, loadSearchTerms, loadKeptNotice].map((load) =>
      load(),
    ),
  );
