/** Keys of albums that are remembered of each kind, some 100 bytes each; more, and all are built anew. */
const maxRemembered = 20_000

/** The same text for the same album: one that was built anew takes longer to be looked up than what is known of it to be used. */
const remembered = (build: (id: string) => string) => {
  const known = new Map<string, string>()
  return (id: string): string => {
    const there = known.get(id)
    if (there !== undefined) return there
    if (known.size >= maxRemembered) known.clear()
    const key = build(id)
    known.set(id, key)
    return key
  }
}

/**
 * The one place that builds a key. docs/data-model.md lists them with examples.
 *
 * Every metadata key carries the gallery's hash tag, so that one script may touch any of them atomically on a cluster
 * too. Thumbnails, nearly all of the bytes, carry none, so a cluster spreads them.
 */
export const galleryKeys = (gallery = 'cimaise', audience?: string) => {
  const tag = `{${gallery}}`
  const user = (name: string) => `${tag}:user:${name}`
  const wholeAlbum = (id: string) => `${tag}:album:${id}`
  const album = (id: string) =>
    audience === undefined ? wholeAlbum(id) : `${wholeAlbum(id)}:shown:${audience}`
  const group = (name: string) => `${tag}:group:${name}`
  const talk = (id: string) => `${tag}:talk:${id}`
  const wholeCollection = (id: string) => `${tag}:collection:${id}`
  const collection = (id: string) =>
    audience === undefined ? wholeCollection(id) : `${wholeCollection(id)}:shown:${audience}`
  const maker = (ownIdPrefix: string) => `${tag}:maker:${ownIdPrefix}`
  const servers = `${tag}:servers:`
  return {
    gallery,
    /** HASH: format version, gallery id, name. */
    meta: `${tag}:meta`,
    /** STRING: JSON of the statuses that photos can have. Strangers have no rule that reaches it. */
    statuses: `${tag}:statuses`,
    /** SET: ids of the albums that guests may read. */
    public: `${tag}:public`,
    /** HASH: public album -> what guests are shown of it (shared/domain/visitor-switches.ts). */
    publicSwitches: `${tag}:public:switches`,
    /** HASH: share link -> how often it was opened, and with ` day` behind it -> on which day last. */
    visits: `${tag}:visits`,
    /** HASH: `audience album` -> the switches by which that audience's copy of the album was made (access/visitors.ts). */
    shown: `${tag}:shown`,
    /** SET: all albums. */
    albums: `${tag}:albums`,
    /** SET: all collections but those that accounts made as their own. */
    collections: `${tag}:collections`,
    /** SET: all accounts, the guest's and those of share links among them. */
    users: `${tag}:users`,
    /** SET: the administrators who are not disabled. */
    administrators: `${tag}:administrators`,
    /** SET: all groups of accounts. */
    groups: `${tag}:groups`,
    /** SET: id prefixes of the accounts that ever were allowed to make albums. */
    makers: `${tag}:makers`,
    /** HASH: account -> SHA-256 of its Redis password, from which a lost ACL file is made again. */
    logins: `${tag}:logins`,
    /** HASH: account -> `salt digest` of the second Redis password by which a server lets it in (access/kept-logins.ts). */
    keptLogins: `${tag}:logins:kept`,
    /** HASH: account -> JSON of the secret that its codes are made from, sealed by the server (access/login-codes.ts). */
    loginCodes: `${tag}:logins:codes`,
    /** HASH: credential -> JSON of the passkey and its account (access/passkeys.ts). */
    passkeys: `${tag}:logins:passkeys`,
    /** ZSET: `code account` or `passkey credential` -> the highest counter that was used, so that none counts twice. */
    loginCounters: `${tag}:logins:counters`,
    /** HASH: `issuer subject` of a provider -> JSON of the account that this person has (access/provider-links.ts). */
    providerLinks: `${tag}:provider:links`,
    /** HASH: the same -> JSON of a person who logged in there and has no account here. */
    providerWaiting: `${tag}:provider:waiting`,
    /** HASH: group of the provider -> group here. */
    providerGroups: `${tag}:provider:groups`,
    /** HASH: `version`, which grows with each change of who may what; `set` and `saved` (access/acl-file.ts). */
    rights: `${tag}:rights`,
    /** HASH: `password` of the account that the program has on every node of several (access/nodes). */
    steward: `${tag}:steward`,
    /** What the keys begin with that servers share among themselves: they all expire, and are in no backup. */
    servers,
    /** What the keys begin with that count wrong logins, one STRING each (server/login-limits.ts). */
    attempts: (what: string) => `${tag}:servers:attempts:${what}`,
    /** STRING that expires: a challenge that was answered, so that no answer counts twice (access/passkeys.ts). */
    answeredOnce: (challenge: string) => `${tag}:servers:answered:${challenge}`,
    /** STRING that expires: which server does something that one of them is to do (redis/lease.ts). */
    lease: (what: string) => `${tag}:servers:lease:${what}`,
    /** What the keys begin with that servers send mail by (core/mail). */
    mail: `${servers}mail:`,
    /** HASH: `until`: what happened until then was looked at, in milliseconds since 1970. */
    mailRun: `${servers}mail:run`,
    /** HASH: a piece of news for an account -> since when it waits, when the last came, and how many there are. */
    mailNews: (name: string) => `${servers}mail:news:${name}`,
    /** HASH: the same, of a mail that is on its way. */
    mailSending: (name: string) => `${servers}mail:sending:${name}`,
    /** STRING that expires: one of the servers is at it. */
    mailTurn: (name: string) => `${servers}mail:turn:${name}`,
    /** HASH: account -> how often a mail to it failed, and when it is tried again. */
    mailTries: `${servers}mail:tries`,
    /** HASH: share link -> the end that its maker was told of. */
    mailTold: `${servers}mail:told`,
    /** STREAM: mails that were refused, given up or failed, for administrators. */
    mailLog: `${servers}mail:log`,
    /** HASH: account -> digests of the rules that its Redis user was given, and of what Redis then said it has. */
    applied: `${tag}:applied`,
    /** STREAM: who changed which account, group or right, and when. */
    audit: `${tag}:audit`,
    /** STREAM: what accounts asked an administrator's session to do for them, and what of it was dropped. */
    auditRequests: `${tag}:audit:requests`,
    /** HASH: memory in use when accounts' own keys were last measured, and the albums found too large then. */
    measured: `${tag}:measured`,
    /** STRING that expires: until then no session measures again. */
    measuring: `${tag}:measuring`,
    /** HASH: title in NFC and lower case -> album id, so that no two albums share a title. */
    titles: `${tag}:titles`,
    /** STREAM: albums that came, went or changed who may see them. */
    events: `${tag}:events`,
    /** ZSET: albums in the trash by time of deletion, in milliseconds since 1970. */
    deletedAlbums: `${tag}:trash`,
    /** SET: albums that are leaving the trash for good: they do not come back. */
    purging: `${tag}:purging`,
    /** HASH: who had which right on an album that is in the trash, and whether it was public. */
    keptRights: (id: string) => `${tag}:trash:${id}:rights`,

    /** HASH: display name, role, whether it may make albums, whether it is disabled, revision. */
    account: (name: string) => `${user(name)}:account`,
    /** HASH: album id -> read | modify, as given to the account itself. */
    grants: (name: string) => `${user(name)}:grants`,
    /** HASH: album id -> read | modify, by itself and by its groups: what the account's Redis user has. */
    effective: (name: string) => `${user(name)}:rights`,
    /** STREAM: what an account's own windows have to know at once: its rights have changed, its password has. */
    accountEvents: (name: string) => `${user(name)}:events`,
    /** STREAM: what an account asks an administrator's session to do for it. Only itself can write there. */
    requests: (name: string) => `${user(name)}:requests`,
    /** STREAM: digests of the events that it caused. Only itself can write there, which makes them proofs. */
    acts: (name: string) => `${user(name)}:acts`,
    /** STREAM: ids of the calls of functions that it made lately, so that one that is sent twice is done once. */
    calls: (name: string) => `${user(name)}:calls`,
    /** HASH: album/photo -> until when the account has read what was said there, in microseconds since 1970. */
    seenComments: (name: string) => `${user(name)}:seen`,
    /** HASH: what the account wishes to be told of by mail, and where: `address`, `language`, `zone`, a kind -> when. */
    mailWishes: (name: string) => `${user(name)}:mail`,
    /** HASH: what came of its address: `address`, `state`, `wish`, `asked`, `day`. The account reads it, the sender of mail writes it. */
    mailbox: (name: string) => `${user(name)}:mailbox`,
    /** ZSET: the requests that were carried out for an account within a day, by time, in milliseconds since 1970. */
    asked: (name: string) => `${user(name)}:asked`,
    /** SET: ids of sessions that were signed out. */
    ended: (name: string) => `${user(name)}:ended`,
    /** HASH: token -> JSON of it, of the tokens that an account has for its scripts (access/tokens.ts). */
    tokens: (name: string) => `${user(name)}:tokens`,
    /** SET: digests of the recovery codes that the account has left. */
    recovery: (name: string) => `${user(name)}:recovery`,
    /** STRING: the day on which a token of the account was used last; servers write it. */
    tokenUsed: (name: string, token: string) => `${user(name)}:token:${token}:used`,
    /** ZSET: digests of the networks that the account has logged in from, by day (server/shared-addresses.ts). */
    addresses: (name: string) => `${user(name)}:addresses`,

    /** HASH: display name, created. */
    group: (name: string) => `${group(name)}:info`,
    /** SET: accounts. */
    groupMembers: (name: string) => `${group(name)}:members`,
    /** HASH: album id -> read | modify. */
    groupGrants: (name: string) => `${group(name)}:grants`,

    /** SET: the albums that an account made which may make some; its id prefix begins their ids. */
    madeAlbums: (ownIdPrefix: string) => `${maker(ownIdPrefix)}:albums`,
    /** HASH: title in NFC and lower case -> album id, among these. */
    madeTitles: (ownIdPrefix: string) => `${maker(ownIdPrefix)}:titles`,
    /** STREAM: those that came or were renamed. */
    madeEvents: (ownIdPrefix: string) => `${maker(ownIdPrefix)}:events`,
    /** HASH: what the next ids of its albums are made of (scripts/create-album.lua). An administrator's begin with its name alone. */
    albumFamily: (idPrefix: string) => `${maker(idPrefix)}:family`,
    /** SET: the collections that such an account made. */
    madeCollections: (ownIdPrefix: string) => `${maker(ownIdPrefix)}:collections`,
    /** HASH: path -> what this host has taken in from there (library/index/file-index.ts). */
    library: (name: string, host: string) => `${user(name)}:library:${host}`,
    /** HASH: folder -> id of the album that it feeds. */
    folders: (name: string, host: string) => `${user(name)}:library:${host}:folders`,
    /** HASH: path -> the file that could not be read, and why. */
    failures: (name: string, host: string) => `${user(name)}:library:${host}:failures`,

    /** HASH: path -> who sent the file that landed there, and when (library/uploads/upload-record.ts). */
    uploads: (name: string, host: string) => `${user(name)}:library:${host}:uploads`,
    /** HASH: `files` or `bytes` and an account -> how many it has sent. */
    uploaded: (name: string, host: string) => `${user(name)}:library:${host}:uploaded`,

    /** What the keys of the albums begin with whose ids begin so. */
    albumKeys: (ownIdPrefix: string) => album(ownIdPrefix),
    /** HASH: title, description, cover, created. */
    albumInfo: remembered((id) => `${album(id)}:info`),
    /** ZSET: photo ids by time taken, in milliseconds since 1970. */
    albumPhotos: remembered((id) => `${album(id)}:photos`),
    /** HASH: one photo; without `photo`, what the keys of all photos of the album begin with. */
    photo: (id: string, photo = '') => `${album(id)}:photo:${photo}`,
    /** ZSET: tag, folded -> how many photos of the album carry it. */
    albumTags: (id: string) => `${album(id)}:tags`,
    /** HASH: tag, folded -> the tag as it was first written, for tags and the branches above them. */
    albumTagNames: (id: string) => `${album(id)}:tagnames`,
    /** ZSET: photo ids by time taken, of those with a tag or one below it; without `folded`, what these keys begin with. */
    albumTag: (id: string, folded = '') => `${album(id)}:tag:${folded}`,
    /** ZSET: photo ids by time of removal, in milliseconds since 1970. */
    albumTrash: (id: string) => `${album(id)}:trash`,
    /** ZSET: ids of the photos that stand behind another one of the album (core/stacks), by time taken. */
    albumBehind: (id: string) => `${album(id)}:behind`,
    /** STREAM: what changed in the album and who did it. */
    albumEvents: remembered((id) => `${album(id)}:events`),

    /** HASH: audience -> switches: who has a copy of the album, which functions keep up (scripts/includes/shown.lua). */
    albumShown: (id: string) => `${wholeAlbum(id)}:shown`,

    /** HASH: writer and number of each comment that may not be seen -> who hid it. */
    hiddenComments: (id: string) => `${album(id)}:hidden`,

    /** What the keys of comments begin with. They are beside their albums, as who may modify one may not write for others. */
    talk: talk(''),
    /** HASH: number -> what an account said in an album. Only that account can write there, which is its signature. */
    comments: (id: string, writer: string) => `${talk(id)}:by:${writer}`,
    /** HASH: who was ever allowed to comment in an album -> display name. */
    commenters: (id: string) => `${talk(id)}:writers`,
    /** STREAM: that something was said, or chosen. */
    talkEvents: (id: string) => `${talk(id)}:events`,
    /** HASH: place -> photo that the visitors of a link have chosen. Only that link can write there, which is its signature. */
    picks: (id: string, link: string) => `${talk(id)}:picks:${link}`,
    /** HASH: link that ever asked to choose photos of an album -> how many, whether it is open, whom it is for. */
    selections: (id: string) => `${talk(id)}:selections`,
    /** What the keys of the collections begin with whose ids begin so. */
    collectionKeys: (ownIdPrefix: string) => wholeCollection(ownIdPrefix),
    /** HASH: title, created, by; `deleted` once it was removed. */
    collectionInfo: (id: string) => `${collection(id)}:info`,
    /** ZSET: photo ids, which say nothing of the photos, by their places in the order by hand. */
    collectionPhotos: (id: string) => `${wholeCollection(id)}:photos`,
    /** HASH: audience -> `collection`: guests have a copy of what the collection says of itself (access/collection-copies.ts). */
    collectionShown: (id: string) => `${wholeCollection(id)}:shown`,
    /** STREAM: what changed in the collection and who did it. */
    collectionEvents: (id: string) => `${collection(id)}:events`,

    /** STRING: WebP bytes, named by their own SHA-256. */
    thumb: (sha256: string) => `${gallery}:thumb:${sha256}`,

    /** Key patterns for rights (acl/acl-rules.ts). */
    pattern: {
      /** What the channels of a gallery begin with. Nobody uses any: their patterns mark Redis users (acl/redis-users.ts). */
      channel: tag,
      everything: `${tag}:*`,
      album: (id: string) => `${album(id)}:*`,
      user: (name: string) => `${user(name)}:*`,
      /** An account's list of tokens, and when each was used. */
      tokens: (name: string) => `${user(name)}:token*`,
      /** The albums that an account made itself, by its id prefix. */
      madeBy: (ownIdPrefix: string) => `${album(ownIdPrefix)}*`,
      maker: (ownIdPrefix: string) => `${maker(ownIdPrefix)}:*`,
      /** All comments of an album. */
      talk: (id: string) => `${talk(id)}:*`,
      /** All comments of the albums that an account made itself, by its id prefix. */
      madeTalk: (ownIdPrefix: string) => `${talk(ownIdPrefix)}*`,
      /** What one account said in any album. */
      saidBy: (name: string) => `${talk('*')}:by:${name}`,
      /** Of an audience: its copy, and the ids of the photos. */
      collection: (id: string) =>
        audience === undefined
          ? [`${wholeCollection(id)}:*`]
          : [`${collection(id)}:*`, `${wholeCollection(id)}:photos`],
      /** The collections that an account made itself, by its id prefix. */
      collectionsBy: (ownIdPrefix: string) => `${wholeCollection(ownIdPrefix)}*`,
      thumbs: `${gallery}:thumb:*`,
    },
  }
}

export type Keys = ReturnType<typeof galleryKeys>

const audiences = new WeakMap<Keys, Map<string, WeakRef<Keys>>>()
const origins = new WeakMap<Keys, Keys>()

/** The keys of the gallery itself, where these are those of an audience. */
export const wholeKeys = (keys: Keys): Keys => origins.get(keys) ?? keys

/**
 * The keys of a gallery as an audience has them, the guest or a share link: those of albums are those of the copy that it is shown of
 * each. They are one object for all sessions of an audience, as what these share is kept by it.
 */
export const keysShownTo = (keys: Keys, audience: string): Keys => {
  const known = audiences.get(keys) ?? new Map<string, WeakRef<Keys>>()
  audiences.set(keys, known)
  const shown = known.get(audience)?.deref() ?? galleryKeys(keys.gallery, audience)
  known.set(audience, new WeakRef(shown))
  origins.set(shown, keys)
  return shown
}
