/** Words of laboratories that stand in file names and name nobody; without case. */
const words = new Set(
  [
    // what a file is
    'fcs lmd file files data raw export exported copy new old final test demo run batch plate well row column tube tubes',
    'specimen sample samples panel panels stain stained staining unstained single singlets multi full mix cocktail set',
    'control controls ctrl isotype fmo comp compensation bead beads blank negative positive pos neg reference bridge',
    'activation activated stimulated unstimulated stim resting medium media culture gate gated population event events',
    'acquisition experiment exp assay protocol project study trial cohort group arm analysis result results template',
    // what is in it
    'blood whole peripheral fresh frozen thawed cryo pbmc cell cells live dead viable leukocytes lymphocytes lymphs',
    'monocytes granulocytes neutrophils dendritic memory naive regulatory tcell bcell treg lineage dump spleen marrow',
    'bone liver tumor tumour tissue plasma serum csf lavage biopsy human mouse',
    // of whom and when
    'patient patients pat subject subjects proband donor donors healthy normal volunteer case person baseline screening',
    'base line visit visite day week month year days weeks months years time point timepoint follow pre post before after',
    'treatment therapy dose cycle start end first second third fourth january february march april may june july august',
    'september october november december jan feb mar apr jun jul aug sep sept oct nov dec januar februar mai juni juli',
    'oktober dezember monday tuesday wednesday thursday friday saturday sunday morning evening left right upper lower',
    'probe proben patientin blut kontrolle ungefaerbt ansatz messung monat woche tag vor nach therapie studie arzt',
    'patiente temoin sang jour mois semaine avant apres sangre paciente dia mes semana',
    // with what
    'alexa fluor pacific blue orange green red yellow violet texas brilliant super nova spark real cyan amcyan qdot',
    'aqua zombie fixable viability horizon ultra dye krome percp fitc efluor percy canto fortessa aria lyric symphony',
    'calibur celesta accuri navios gallios cytoflex aurora northern lights attune macsquant flow cyto cytometer machine',
    'anti live interferon granzyme perforin kappa lambda alpha beta gamma delta epsilon',
    // where
    'lab labor laboratory clinic hospital university institute department center centre site room',
  ].flatMap((line) => line.split(' ')),
);

export function isKnownWord(word: string): boolean {
  return words.has(word.toLowerCase());
}
