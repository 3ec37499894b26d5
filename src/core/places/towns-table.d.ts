declare module '*.br?url&inline' {
  /** The file as `data:…;base64,…`. */
  const url: string
  export default url
}
