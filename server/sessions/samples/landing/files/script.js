// The menu on small screens

const menu = document.querySelector('.menu')
const links = document.querySelector('#site-links')

menu.addEventListener('click', () => {
  const open = links.classList.toggle('open')
  menu.setAttribute('aria-expanded', String(open))
})

links.addEventListener('click', () => {
  links.classList.remove('open')
  menu.setAttribute('aria-expanded', 'false')
})

// The sign-up form

const form = document.querySelector('.signup')
const note = document.querySelector('#signup-note')

form.addEventListener('submit', (event) => {
  event.preventDefault()
  note.textContent = 'Thank you! We will write when it ships.'
  form.reset()
})

// The footer

document.querySelector('#year').textContent = String(new Date().getFullYear())
