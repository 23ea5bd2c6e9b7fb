// Written from the route table in src/api; do not edit.
// All under /api/daytwo/v1. Times: milliseconds since the epoch.

export interface AcceptPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  accepted: string[];
  file: string;
}

export interface AcceptRequest {
  what?: string | null;
  all?: boolean | null;
  why?: string | null;
  dry_run?: boolean | null;
}

export interface Amount {
  p05: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
  mean: number;
  samples: number;
  seed: number;
  unit: string;
  window: string;
  as_of: number;
  version: string;
}

export interface Answer {
  name: string;
  expression: string;
  unit: string;
  value?: number | null;
  mean?: number | null;
  sd?: number | null;
  p05?: number | null;
  p25?: number | null;
  p50?: number | null;
  p75?: number | null;
  p95?: number | null;
  p99?: number | null;
  error?: number | null;
  method: string;
  notes: string[];
}

export interface ApiError {
  code: string;
  text: string;
  context: string[];
  diagnostics: Diagnostic[];
}

export interface BackupPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  folder: string;
  blocks: number;
  samples: number;
}

export interface BackupRequest {
  folder: string;
}

export interface Base {
  as_of: number;
  simulated: boolean;
}

export interface BurnRow {
  window: string;
  value: number | null;
}

export interface CalcRequest {
  expression: string;
}

export interface CalibrationParts {
  reliability?: number | null;
  resolution?: number | null;
  uncertainty?: number | null;
  bins: ReliabilityBin[];
  tenths: number[];
  tenth_low?: number | null;
  tenth_high?: number | null;
  anderson_darling?: number | null;
  p?: number | null;
  sentence: string;
}

export interface CoverageScore {
  said: number;
  came: number;
  count: number;
  low?: number | null;
  high?: number | null;
}

export interface CpuPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  teach: string;
  rows: CpuRow[];
}

export interface CpuRow {
  host: string;
  service: string;
  state: CpuState;
  sentence: string;
  span: number;
  busy: number;
  used: number;
  processors: number;
  waiting: number | null;
  reasons: string[];
  users: string[];
  query: string;
}

export type CpuState = | 'calm' | 'busy' | 'problem';

export interface DecideRequest {
  verdict: Verdict;
  reason: string;
  until?: string | null;
}

export interface DeclaredRow {
  what: string;
  declared: string;
  observed: string;
  state: string;
}

export interface DependencyRow {
  on: string;
  critical: boolean;
  state: string;
}

export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  text: string;
  source_line: string;
  expected: string;
  suggestion: string;
}

export interface DoorwayRow {
  host: string;
  listener: string;
  reach: Reach;
  holder: string;
  package: string;
  service: string;
  owner: string;
  undeclared: boolean;
  wrong: string[];
  exposures: string[];
  evidence: string[];
  worries: string[];
}

export interface Drift {
  sentence: string;
  teach: string;
}

export interface ErrorBody {
  error: ApiError;
}

export interface Evaluation {
  program: string;
  answers: Answer[];
  understood: Understood[];
  samples: number;
  seed: number;
}

export interface Evidence {
  sentence: string;
  kind: EvidenceKind;
  query: string;
  at: number;
  coverage: string;
}

export type EvidenceKind = | 'query' | 'sighting' | 'finding' | 'service';

export interface ExposureCost {
  so_far: Amount;
  allowed: Amount;
  late: Amount;
  a_day: Amount;
  a_late_day: Amount;
  stake: string;
  unknown: number;
}

export interface Fan {
  query: string;
  unit: string;
  made: number;
  bands: FanBand[];
}

export interface FanBand {
  at: number;
  low95: number;
  low80: number;
  low50: number;
  high50: number;
  high80: number;
  high95: number;
}

export interface FeedbackRequest {
  vote: Vote;
}

export interface FilesystemRow {
  mount: string;
  device: string;
  size_bytes: number;
  used_bytes: number;
  inodes_used_share: number | null;
  runout: string;
  date: Amount | null;
  fan: Fan | null;
}

export interface FindingSource {
  id: string;
  title: string;
  state: SourceState;
  sentence: string;
  teach: string;
}

export interface FlowRow {
  name: string;
  service: string;
  received: number;
  processed: number;
  dropped: number;
  in_flight: number | null;
  lost_share: number | null;
  lag_ms: number | null;
  since: number | null;
  sentence: string;
  state: string;
}

export interface ForecastRow {
  id: number;
  made: number;
  due: number;
  what: string;
  said: string;
  came: string;
  score: string;
  state: ForecastState;
}

export type ForecastState = | 'waiting' | 'scored' | 'void';

export interface ForecasterRow {
  name: string;
  source: string;
  held: number;
  ranges: number;
  low?: number | null;
  high?: number | null;
  chances: number;
  brier?: number | null;
  weight?: number | null;
  sentence: string;
}

export interface GatePage {
  as_of: number;
  simulated: boolean;
  service: string;
  verdict: GateVerdict;
  sentence: string;
  policy_owner: string;
  reasons: GateReason[];
}

export interface GateReason {
  verdict: GateVerdict;
  code: string;
  objective: string;
  text: string;
}

export type GateVerdict = | 'allow' | 'warn' | 'deny';

export interface HistoryPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  incidents: PastIncident[];
  deploys: PastDeploys[];
  since?: number | null;
  near_misses: PastIncident[];
  alert_days: PastAlert[];
}

export interface HostPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  host: string;
  kernel: string;
  release: string;
  coverage: string[];
  processes: ProcessRow[];
  listeners: ListenerRow[];
  filesystems: FilesystemRow[];
  limits: LimitRow[];
  packages: Packages;
  pressure: PressureRow[];
  drift: Drift;
}

export interface ImportReport {
  as_of: number;
  simulated: boolean;
  sentence: string;
  taken: number;
  skipped: number;
  problems: Diagnostic[];
}

export interface Input {
  name: string;
  value: string;
}

export interface Invoice {
  currency: string;
  month: number;
  billed: number;
  effective: number;
  parts: InvoicePart[];
  sentence: string;
}

export interface InvoicePart {
  what: string;
  billed: number;
  effective: number;
}

export interface LearnPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  forecasts: ForecastRow[];
  coverage: CoverageScore | null;
  brier: number | null;
  forecasters?: ForecasterRow[];
  calibration?: CalibrationParts | null;
}

export interface LimitRow {
  cgroup: string;
  workload: string;
  limit_bytes: number;
  used_bytes: number;
  oom_kills: number;
  sentence: string;
}

export interface ListenerRow {
  protocol: string;
  address: string;
  port: number;
  reach: Reach;
  pid: number | null;
  process: string;
  package: string;
  first_seen: number;
  state: string;
}

export interface LoopPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  host: string;
  stages: Stage[];
  sources: FindingSource[];
  worries: WorryRow[];
  question: Question | null;
  turn_time: string;
}

export interface MaskRow {
  service: string;
  covered: boolean;
  watched: number;
  restarts: number;
  planned: number;
  a_week: Amount | null;
  kills: number;
  copies: number;
  processors: number | null;
  idle_copies: boolean;
  noticed: number;
  has_objective: boolean;
  sentence: string;
}

export interface MaskingPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  since: number;
  services: MaskRow[];
  coverage: string[];
  teach: string;
}

export interface NamedAmount {
  name: string;
  amount: Amount;
}

export interface NinesNeed {
  name: string;
  availability: number;
  best: number;
  known: boolean;
}

export interface NinesOverview {
  as_of: number;
  simulated: boolean;
  sentence: string;
  services: NinesRow[];
}

export interface NinesPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  service: string;
  currency: string;
  nines: number;
  hours: Amount;
  ceiling: number;
  ceiling_low: number;
  next: number | null;
  saves: Amount;
  chance_pays: number;
  steps: NinesStep[];
  needs: NinesNeed[];
  promises: NinesPromise[];
  parts: string[];
  notes: string[];
}

export interface NinesPromise {
  to: string;
  availability: number;
  kept: boolean;
  possible: boolean;
}

export interface NinesRequest {
  service: string;
  years: number | null;
  discount: number | null;
  most: number | null;
  files: SentFile[];
}

export interface NinesRow {
  service: string;
  curve: NinesPage | null;
  why: string;
}

export interface NinesStep {
  nines: number;
  availability: number;
  hours: number;
  reach: ReachOfNines;
  loss: Amount;
  owed: Amount;
  received: Amount;
  spend: Amount | null;
  total: Amount | null;
  takes: string;
  best: boolean;
  flat: boolean;
}

export interface NoisePage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  since: number;
  rules: NoiseRow[];
  coverage: string[];
  teach: string;
}

export interface NoiseRow {
  rule: string;
  services: string[];
  severity: string;
  fired: number;
  called: number;
  by_custom: boolean;
  asleep: number | null;
  answered: number;
  acknowledged: number;
  not_mine: number;
  followed: number;
  short_lived: number;
  useful: number;
  judged: number;
  share: Amount | null;
  noise_chance: number;
  verdict: RuleVerdict;
  minutes: Amount | null;
  cost: Amount | null;
  for_longer: number | null;
  sentence: string;
}

export interface ObjectiveRow {
  id: string;
  service: string;
  name: string;
  target: string;
  window: string;
  state: ObjectiveState;
  sli: number | null;
  low: number | null;
  high: number | null;
  good: number;
  bad: number;
  unknown_share: number;
  budget_left: number | null;
  burn: BurnRow[];
  p_miss: number | null;
  p_miss_at: number | null;
  p_miss_sentence: string;
  sentence: string;
  query_good: string;
  query_total: string;
}

export type ObjectiveState = | 'ok' | 'burning' | 'spent' | 'unknown' | 'filling';

export interface ObjectivesPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  objectives: ObjectiveRow[];
}

export interface Offer {
  text: string;
  source: string;
}

export interface Owner {
  name: string;
  has_power: boolean | null;
  sentence: string;
}

export interface Packages {
  count: number;
  sentence: string;
}

export type PagePurpose = | 'page' | 'resolve' | 'notice' | 'test';

export interface PageRow {
  id: string;
  worry: string;
  title: string;
  to: string;
  method: string;
  purpose: PagePurpose;
  state: PageState;
  attempt: number;
  created: number;
  sent: number | null;
  acked: number | null;
  acked_by: string;
  vote: string;
  shadow: string;
  error: string;
}

export type PageState = | 'pending' | 'sending' | 'sent' | 'delivered' | 'cancelled' | 'undeliverable';

export interface PageTestRequest {
  to?: string | null;
}

export interface PagesPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  pages: PageRow[];
  teach: string;
}

export interface PastAlert {
  alert: string;
  service: string;
  at: number;
}

export interface PastDeploys {
  service: string;
  count: number;
  since: number;
}

export interface PastIncident {
  service: string;
  title: string;
  began: number;
  hours: number;
}

export interface PhaseRow {
  name: string;
  ms: number;
}

export interface PlanAccepted {
  worry: string;
  until: string;
  days_left: number;
  loss: number;
  sentence: string;
}

export interface PlanInput {
  what: string;
  unit: string;
  p05: number;
  p50: number;
  p95: number;
  mean: number;
}

export interface PlanKind {
  kind: string;
  cost: number;
  days: number;
  brings: number;
  next: string;
}

export interface PlanOption {
  name: string;
  kind: string;
  taken: boolean;
  cost: number;
  days: number;
  brings: number;
  last_in: number;
  in_best: number;
  worth: number;
  stated: number;
  in_top: number;
  place: number;
  tripwires: PlanTripwire[];
  study: PlanStudy | null;
  joins: string;
  why: string;
  inputs: PlanInput[];
}

export interface PlanPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  remarks: PlanRemark[];
  currency: string;
  years: number;
  budget: number | null;
  days: number | null;
  most_cost: number;
  most_days: number;
  net: Amount;
  remaining: Amount;
  chance_pays: number;
  chance_best: number;
  regret: number;
  net_stated: number;
  top: number;
  stability: string[];
  ties: string[];
  accepted: PlanAccepted[];
  options: PlanOption[];
  kinds: PlanKind[];
  frontier: PlanPoint[];
  tail: PlanTail | null;
  gap: number;
  flips: string[];
  teach: string;
  proof: string;
  notes: string[];
}

export interface PlanPoint {
  cost: number;
  net: number;
  takes: string;
}

export interface PlanRemark {
  kind: string;
  lead: string;
  text: string;
}

export interface PlanStudy {
  knows: number;
  waiting: number;
  flips: number;
  then: string;
}

export interface PlanTail {
  limit: number;
  level: number;
  tail: number;
  error: number;
  at_risk: number;
  again: number;
  nothing: number;
  without: number;
  costs: number;
  years: number;
  sentence: string;
}

export interface PlanTripwire {
  wire: string;
  what: string;
  at: number;
  now: number;
}

export interface PosturePage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  rows: PostureRow[];
}

export interface PostureRow {
  service: string;
  promise: string;
  standing: Standing;
  sentence: string;
  from: number;
  to: number;
  measured_share: number;
  within: number | null;
  median_days: number | null;
}

export interface PressureRow {
  resource: string;
  some10: number | null;
  full10: number | null;
}

export interface ProbeRow {
  url: string;
  up: boolean | null;
  sentence: string;
  last: number;
  phases: PhaseRow[];
  certificate_days: number | null;
}

export interface ProcessRow {
  pid: number;
  name: string;
  user: string;
  command: string;
  package: string;
  cpu: number | null;
  rss_bytes: number | null;
  threads: number | null;
  descriptors: number | null;
  started: number;
  listens: string;
  limit_bytes: number | null;
  used_bytes: number | null;
  coverage: string;
}

export interface PromisedExposure {
  worry: string;
  title: string;
  host: string;
  open: boolean;
  late: boolean;
  due: number;
  days: number;
  late_days: number;
  next_step: string;
}

export interface Question {
  id: string;
  sentence: string;
  why: string;
  placeholder: string;
  subject: string;
  offers: Offer[];
}

export type Reach = | 'loopback' | 'host' | 'network';

export type ReachOfNines = | 'now' | 'options' | 'no_option' | 'impossible';

export interface RedQuery {
  name: string;
  query: string;
  unit: string;
}

export interface ReliabilityBin {
  from: number;
  to: number;
  count: number;
  said: number;
  came: number;
  low: number;
  high: number;
}

export interface ReplayPage {
  as_of: number;
  simulated: boolean;
  worry: string;
  sentence: string;
  same: boolean;
  replayed: boolean;
  verdict: string;
  judged: number;
  seed: number;
  engine: string;
  differences: string[];
  rests_on: Input[];
}

export interface RiskAppetite {
  at_most: number;
  loss: number;
}

export interface RiskCause {
  cause: string;
  expected: number;
  share: number;
}

export interface RiskFigure {
  value: number;
  low: number;
  high: number;
}

export interface RiskInput {
  what: string;
  text: string;
}

export interface RiskLevel {
  years: number;
  loss: RiskFigure;
}

export interface RiskLine {
  id: string;
  title: string;
  service: string;
  loss: Amount;
  chance_of_loss: number;
  events_a_year: number;
  harm: number;
  share: number;
  inputs: RiskInput[];
}

export interface RiskOption {
  id: string;
  kind: string;
  in_place: boolean;
}

export interface RiskPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  teach: string;
  currency: string;
  risks: RiskLine[];
  causes: RiskCause[];
  own: RiskYear;
  harm?: RiskYear | null;
  harm_weight: number;
  after?: RiskYear | null;
  options: RiskOption[];
  appetite?: RiskAppetite | null;
  appetite_words: string;
  agreement: string;
  years: number;
  seed: number;
  notes: string[];
}

export interface RiskYear {
  mean: number;
  chance_of_loss: RiskFigure;
  levels: RiskLevel[];
  var05: RiskFigure;
  var95: RiskFigure;
  var99: RiskFigure;
  tvar95: RiskFigure;
  tvar99: RiskFigure;
  sigma?: number | null;
  above_appetite?: RiskFigure | null;
  dots: number[];
}

export type RuleVerdict = | 'unknown' | 'unsure' | 'useful' | 'noise';

export interface SecurityCredit {
  with: string;
  owed_to_us: boolean;
  share_now: number;
  now: Amount;
  share_if_left: number;
  if_left: Amount;
  share_if_mended: number;
  if_mended: Amount;
}

export interface SecurityPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  teach: string;
  coverage: string[];
  rows: SecurityRow[];
  question: Question | null;
}

export interface SecurityRow {
  service: string;
  name: string;
  promise: string;
  target: string;
  standing: Standing;
  sentence: string;
  services: string[];
  from: number;
  measured_share: number;
  within: number | null;
  days: number;
  late_days: number;
  budget_days: number;
  budget_left_days: number;
  burn: number | null;
  open: number;
  late: number;
  not_counted: number;
  breaks_by: number | null;
  kept_again_by: number | null;
  median_days: number | null;
  mended_when_due: number | null;
  cost: ExposureCost;
  credits: SecurityCredit[];
  exposures: PromisedExposure[];
}

export interface SentFile {
  path: string;
  text: string;
}

export interface ServicePage {
  as_of: number;
  simulated: boolean;
  service: ServiceRow;
  sentence: string;
  probes: ProbeRow[];
  objectives: ObjectiveRow[];
  flows: FlowRow[];
  runs: ProcessRow[];
  listeners: ListenerRow[];
  worries: WorryRow[];
  red: RedQuery[];
  depends: DependencyRow[];
  declared: DeclaredRow[];
}

export interface ServiceRow {
  name: string;
  state: string;
  sentence: string;
  owner: Owner;
  objectives: number;
  worries: number;
}

export interface ServicesPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  services: ServiceRow[];
  teach: string;
}

export interface SnoozeRequest {
  for: string;
}

export type SourceState = | 'working' | 'waiting' | 'off' | 'failed';

export interface Stage {
  name: StageName;
  sentence: string;
  lines: string[];
}

export type StageName = | 'observe' | 'orient' | 'decide' | 'act' | 'learn';

export interface StakeOffer {
  subject: string;
  text: string;
  source: string;
}

export interface StakeRow {
  subject: string;
  text: string;
  amount: Amount;
  by: string;
  ts: number;
  source: string;
}

export interface StakesPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  stakes: StakeRow[];
  question: Question | null;
  offers: StakeOffer[];
  understood?: string[] | null;
}

export interface StakesRequest {
  text: string;
  dry_run?: boolean | null;
}

export type Standing = | 'unknown' | 'kept' | 'broken';

export interface SurfacePage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  teach: string;
  coverage: string[];
  rows: DoorwayRow[];
}

export interface ThreadEntry {
  id: number;
  ts: number;
  room: string;
  kind: string;
  state: string;
  sentence: string;
  inputs: Input[];
  amounts: NamedAmount[];
  seed: number;
  engine: string;
  coverage: string;
}

export interface TrainingAnswer {
  id: string;
  low: number;
  high: number;
}

export interface TrainingPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  seed: number;
  asked: number;
  questions: TrainingQuestion[];
}

export interface TrainingQuestion {
  id: string;
  text: string;
  unit: string;
}

export interface TrainingRequest {
  asked?: number | null;
  answers: TrainingAnswer[];
}

export interface TrainingResult {
  as_of: number;
  simulated: boolean;
  sentence: string;
  held: number;
  count: number;
  rows: TrainingRow[];
}

export interface TrainingRow {
  id: string;
  text: string;
  unit: string;
  source: string;
  low: number;
  high: number;
  truth: number;
  held: boolean;
  counted: boolean;
}

export interface Tripwire {
  sentence: string;
  input: string;
  op: string;
  value: number;
  query: string;
  now: number | null;
  unit: string;
  until: number | null;
  state: TripwireState;
}

export type TripwireState = | 'armed' | 'crossed' | 'unknown';

export interface Understood {
  text: string;
  law: string;
  unit: string;
  mean?: number | null;
  median: number;
  p99: number;
  asked?: number | null;
  achieved?: number | null;
  note: string;
}

export type Verdict = | 'undecided' | 'do' | 'find_out' | 'leave';

export interface VersionInfo {
  version: string;
  revision: string;
  built: string;
  features: string[];
}

export type Vote = | 'useful' | 'noise' | 'not_mine' | 'no_power';

export type WasteKind = | 'service' | 'workload' | 'filesystem' | 'resource' | 'commitment';

export interface WastePage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  teach: string;
  savings: Amount[];
  rows: WasteRow[];
  invoices: Invoice[];
  notes: string[];
}

export interface WasteRow {
  kind: WasteKind;
  name: string;
  where: string;
  owner: string;
  sentence: string;
  evidence: string[];
  resources: string[];
  idle_since?: number | null;
  saving?: Amount | null;
  needed?: Amount | null;
  worth?: Amount | null;
  steps: WasteStep[];
  quarantine?: number | null;
}

export interface WasteStep {
  at: number;
  what: string;
}

export interface WatchRequest {
  url: string;
  match?: string | null;
  status?: number | null;
}

export interface When {
  p50: number;
  p05: number;
  p95: number | null;
  sentence: string;
}

export interface Worlds {
  quantiles: number[];
  threshold: number;
  unit: string;
}

export interface WorriesPage {
  as_of: number;
  simulated: boolean;
  sentence: string;
  worries: WorryRow[];
}

export interface WorryDraft {
  text: string;
  service?: string | null;
  evidence?: string | null;
  dry_run?: boolean | null;
}

export type WorryOrigin = | 'found' | 'written';

export interface WorryPage {
  as_of: number;
  simulated: boolean;
  worry: WorryRow;
  written: string;
  understood: string[];
  evidence: Evidence[];
  ours: Amount | null;
  customers: Amount | null;
  worlds: Worlds | null;
  fan: Fan | null;
  date: Amount | null;
  how_computed: string[];
  thread: ThreadEntry[];
  scores: string[];
  question: Question | null;
}

export interface WorryRow {
  id: string;
  key: string;
  kind: string;
  title: string;
  subject: string;
  service: string;
  state: WorryState;
  found: WorryOrigin;
  verdict: Verdict;
  reason: string;
  chance_pays: number | null;
  worth: Amount | null;
  owner: Owner;
  tripwire: Tripwire | null;
  first_seen: number;
  changed: number;
  score: string;
  next_step: string;
  paged: string;
  when: When | null;
}

export type WorryState = | 'open' | 'closed';
