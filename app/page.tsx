import { redirect } from 'next/navigation';

/** The product is the inbox; who is not signed in is sent on from there. */
export default function RootPage() {
  redirect('/mail');
}
