// Words that name a marker, a fluorochrome, a detector or how a signal was taken, in lower case; none names a person.
// From the panels of published files and the catalogues of dyes; a word that is missing costs a name, never a person.
const markers =
  'annexin annexinv apoptosis aqua ar areg arg1 ate autofluorescence axl b220 barcode baff baffr bcl2 bcl6 bdca1 bdca2 ' +
  'bdca3 bdca4 blimp1 brdu btla ca calcein caspase3 ccr clec9a clec12a cleavedcaspase3 cpg crth2 ctla4 cxcl10 cxcr dead ' +
  'dc dcir dna dna1 dna2 dnam1 dump eomes epcam eq4 erk erk12 fas fasl fcer1 fceri fcr fcrl4 fcrl5 foxp3 gata3 gd ' +
  'galectin gitr glut1 gp130 granzyme granzymea granzymeb granulysin gzma gzmb gzmk helios her2 hla icos iga igd ige ' +
  'igg igg1 igg2 igg3 igg4 igg2a igg2b igm ifn ifng ifngamma ikaros inos invitrogen irf4 irf8 isotype kappa ki ki67 kir ' +
  'klrg1 lag3 lambda lamp1 langerin lap lfa1 lin lineage live livedead ly6c ly6g mait mhc mhci mhcii mip1b mr1 mtor ' +
  'nanog nfkb nkg2a nkg2c nkg2d nkp30 nkp44 nkp46 notch p38 pakt panhla pcna pd1 pdl1 pdl2 perforin perp phospho plcg ' +
  'ps6 pstat1 pstat3 pstat4 pstat5 pstat6 prpsstat rorc rorgt s6 sca1 sialyl siglec6 siglec8 siglec10 slamf6 slan stat1 ' +
  'stat3 stat5 tbet tcf1 tcr tcrab tcrb tcrgd tcrva72 tcrvd1 tcrvd2 tetramer tgf tgfb tigit tim3 tlr4 tlr9 tnf tnfa ' +
  'tnfalpha tox trail va72 vb vd1 vd2 vdelta vgamma viability viable via vista xcr1 zap70 zombie alpha beta gamma delta ' +
  'epsilon zeta ab gd dr dp dq drb abc memory naive cell cells surface intracellular total activated cleaved beads bead ' +
  'negative positive control unstained stained blank empty unused none comp bc bc1 bc2 bc3 bc4 bc5 bc6 bckg background ' +
  'hladr hladp hladq creb ikb ikba mapkapk2 mapkapk viab tcryd tcrgammadelta nk1 doublet doublets singlet singlets';
const fluorochromes =
  'aa700 af alexa alexafluor fluor allophycocyanin amcyan apc apccy7 apccy55 apch7 apcr700 apcfire apcvio770 astral ' +
  'atto bb515 bb630 bb660 bb700 bb755 bb790 blue brilliant buv bv bv421 bv510 bv605 bv650 bv711 bv750 bv785 bv786 ' +
  'bv570 bv480 bv520 cascade cerulean cfse cf citrine cy cy3 cy5 cy7 cy55 cyan cyanine dapi ctv ctr celltrace draq5 ' +
  'draq7 dsred dye dylight ecd efluor fire fitc fixable flash fluo fluo4 fsred gfp egfp green h7 hoechst horizon indo ' +
  'indo1 kiravia krome krominate ko kro mcherry mito mitotracker mkate mng mnez nfb nfr nfy nir orange pacific pacblue ' +
  'pacb pacorange pb pbe pe pea5 peaf610 pecf594 pecy pecy5 pecy55 pecy7 peefluor610 pefire pedazzle pedazzle594 ' +
  'dazzle petr percp percpcy55 percpefluor710 perpcy55 perpcy red pi po propidium iodide qd qdot rb rb545 rb613 rb705 ' +
  'rb744 rb780 real ry rb586 ry586 ry610 ry703 spark sparkblue sparknir super supernova bright superbright sytox sytoxred ' +
  'texas texasred tr tandem tmre topro topro3 venus vio vio770 vioblue viobright viogreen violet yellow yfp eyfp tdtomato ' +
  'tomato ultra uv ultraviolet xl zombieaqua zombienir zombieuv 7aad aad ft phycoerythrin rphycoerythrin rpe krombe ' +
  'bd fluortm pacblu tx txred petxred pc5 pc7 pc55 rd1';
const detectors =
  'a h w area height width peak int integral log lin linear logarithmic logicle time timelsw timemsw hdr lsw msw event ' +
  'eventlength length events count index classification forward side scatter fs ss fsc ssc als als0 fals rals fls bs ' +
  'sc small large angle aux ratio fl flr par channel ch chan pmt apd photodiode pd diode spd sipm led gated gate well ' +
  'offset center centre residual di dd dual counts raw mean median sum std size cellid cell_id sampleid label id cluster ' +
  'x y z pulse trigger tof tag bits sort lsr slope laser bandpass longpass shortpass bp lp sp nm mw v b r yg g ir vl bl ' +
  'rl yl gl ul uvl vr br ug ng gr forwardscatter sidescatter fluorescence spectral raw unmixed calibrated mesf mefl erf ' +
  'fsca fsch fscw ssca ssch sscw logh loga logw linh lina linw sec ce se ev fcs beaddist molecules p n i o s t c d e f u k m l min max low high dim hi lo pos neg';
const instruments =
  'bd becton dickinson biosciences beckman coulter cytek cytoflex accuri c6 plus facs facscan facscalibur facscanto ' +
  'facsaria aria facsverse facslyric facssymphony symphony facsdiscover discover facsmelody facsvantage fusion fortessa ' +
  'lsrfortessa lsrii lsr ii iii iiu lsr2 x20 x30 special order research product sorp influx celesta facscelesta gallios ' +
  'navios kaluza epics xl mcl fc500 fc 500 cytomics moflo astrios eq xdp cyan adp cyan offline attune nxt ' +
  'acoustic focusing cytometer flow cytometry aurora northern lights nl nl2000 nl3000 guava easycyte merck millipore ' +
  'partec cyflow cube sysmex space macsquant analyzer analyser miltenyi biotec stratedigm s1000 s1400 apogee a50 micro ' +
  'sony sp6800 id7000 sh800 ma900 spectral biorad s3e s3 ze5 everest propel yeti intellicyt ique screener helios cytof ' +
  'cytof2 dvs fluidigm xt standard biotools dxp dxp10 dxp8 xp5 xp3 cytekdev amnis imagestream nanofcm dako sapphire ' +
  'cell sorter model series system clinical research made synthetic simulated r flowcore lab labs version v novocyte ' +
  'agilent acea omnicyt eclipse icyt ecl elite altra';

const known: ReadonlySet<string> = new Set([markers, fluorochromes, detectors].join(' ').split(' '));
const machines: ReadonlySet<string> = new Set(instruments.split(' '));

// CD4, CD45RA, IgG1, IL2RA, CCR7, TLR4, TCRab …: a letter code of biology with its number, and no more than a few letters.
const markerPattern =
  /^(p?cd\d{1,3}[a-z]{0,3}|45r[abo]|pp38|cc?r\d{1,2}|cx3?cr\d|c?xcl\d{1,2}|ccl\d{1,2}|il\d{1,2}[a-z]{0,3}|tlr\d{1,2})$/;
// FL1, B530, V1, UV379, APD2, Alexa647, 740LP …: letter codes of lasers, dyes and filters with a wavelength or a place. A
// single letter with a leading zero (P01, S012) is how laboratories number patients, and is not known.
const detectorPattern =
  /^((fl|flr?|uv|yg|ir|ng|nir|vl|bl|rl|yl|gl|ul|br|vr|pmt|apd|led|ch|bv|buv|bb|rb|ry|af|cf|qd|qdot|ax|alexa|efluor|vio|cy|atto|nfb|nfr|nfy)\d{1,3}(ahw|[ahw])?|a[3-9]\d\d|[bvrygul]([1-9]\d?|[3-9]\d\d)[ahw]?|\d{2,3}(nm|lp|sp|bp|fsc|ssc|[ahw])|\d{1,4})$/;
// 166Er, Er166, Er166Di …: an element of mass cytometry and a mass.
const elements =
  'ag au ba bi cd ce cs dy er eu gd hg ho i in ir la lu nd os pb pd pr pt rb rh sm sn sr tb te tm xe y yb';
const isotopePattern = new RegExp(
  `^(?:(?:${elements.replaceAll(' ', '|')})\\d{2,3}|\\d{2,3}(?:${elements.replaceAll(' ', '|')}))(?:di|dd)?$`,
);

/** The words of a name: runs of letters and digits, in lower case. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) =>
    word.replaceAll('α', 'alpha').replaceAll('β', 'beta').replaceAll('γ', 'gamma').replaceAll('δ', 'delta'),
  );
}

function isKnown(word: string): boolean {
  return known.has(word) || markerPattern.test(word) || detectorPattern.test(word) || isotopePattern.test(word);
}

/** True where every word of a channel's name is one of markers, dyes, detectors or isotopes. */
export function isPanelText(text: string): boolean {
  return wordsOf(text).every(isKnown);
}

/** A cytometer's model out of what stands in $CYT: its known words, in their order; '' where there is none. */
export function modelOf(cytometer: string): string {
  const words = cytometer.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => machines.has(word.toLowerCase())).join(' ');
}
