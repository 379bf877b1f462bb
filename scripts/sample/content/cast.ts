import type { Person } from '../mail.ts';

const person = (name: string, address: string): Person => ({ name, address });

/** The people who sign in to the sample servers. */
export const ines = person('Ines Lindqvist', 'ines@skarholm.example');
export const tomas = person('Tomas Berg', 'tomas@skarholm.example');
export const old = person('Ines Lindqvist', 'ines@oldmail.example');

/** Everybody who writes to them. */
export const marta = person('Marta Kowalska', 'marta@quayside-drawings.example');
export const jon = person('Jon Birkeland', 'jon@birkeland-partners.example');
export const samira = person('Samira Okafor', 'samira.okafor@portlight.example');
export const yukiko = person('岡田 由紀子', 'okada@minato-sekkei.example');
export const lena = person('Lena Fischer', 'buchhaltung@fischer-stahlbau.example');
export const amadou = person('Amadou Diallo', 'amadou@boatyard-diallo.example');
export const rosa = person('Rosa Silva', 'rosa.silva@skarholm-town.example');
export const piet = person('Piet Nieuwenhuis', 'piet@pumphouse.example');
export const farid = person('Farid Rahimi', 'farid@tidegauge.example');
export const hanne = person('Hanne Lindqvist', 'hanne.lindqvist@familypost.example');
export const nils = person('Nils Lindqvist', 'nils@familypost.example');
export const aoife = person('Aoife Brennan', 'aoife@northboundrail.example');
export const george = person('George Achterberg', 'g.achterberg@skarholm-town.example');
export const mei = person('林美玲', 'meiling@harbourtea.example');
export const priya = person('Priya Raman', 'priya@meridian-survey.example');
export const olek = person('Алексей Бондарь', 'bondar@dnipro-river.example');
export const layla = person('ليلى حداد', 'layla@almarsa.example');
export const noa = person('נועה ברק', 'noa@carmelarts.example');
export const zsofia = person('Zsófia Kőszegi', 'zsofia@dunapart.example');
export const somchai = person('สมชาย วงศ์ทอง', 'somchai@chaophraya.example');
export const arjun = person('अर्जुन मेहता', 'arjun@saritaworks.example');
export const beatriz = person('Beatriz Conceição', 'beatriz@faroldosul.example');

export const history = person('Tidal History Society', 'news@tidalhistory.example');
export const school = person('Saltwind School', 'office@saltwind-school.example');
export const rowing = person('Skarholm Rowing Club', 'crew@skarholmrowing.example');
export const builds = person('Pontoon CI', 'builds@pontoon-ci.example');
export const ferries = person('Blue Funnel Ferries', 'bookings@bluefunnel.example');
export const library = person('Skarholm Library', 'desk@skarholm-library.example');
export const bakery = person('Kringle & Rye', 'hello@kringlerye.example');
export const chart = person('The Chart Table', 'letters@charttable.example');
export const seeds = person('Windward Seeds', 'catalogue@windwardseeds.example');
export const power = person('Skerry Energy', 'invoices@skerryenergy.example');
export const bank = person('Harbour Mutual', 'notices@harbourmutual.example');
export const trains = person('Northbound Rail', 'tickets@northboundrail.example');
export const daemon = person('Mail Delivery System', 'mailer-daemon@skarholm.example');
