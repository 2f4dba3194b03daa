import { Landing } from '#landing/landing.tsx'

export default function Page() {
  return <Landing />
}
