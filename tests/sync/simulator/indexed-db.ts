/** A store in memory, for the whole of this process. */
import 'fake-indexeddb/auto'
