import { ref } from 'vue'

/** What stops a form: the summary lists it, and each field says its own. `field`: the id of the field's element. */
export type FieldError = { field: string; words: string }

export function useFieldErrors() {
  const errors = ref<readonly FieldError[]>([])
  return { errors, errorOf: (field: string) => errors.value.find((each) => each.field === field)?.words }
}
