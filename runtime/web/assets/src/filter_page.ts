// What does the page of its own do that asks for a filter?
import { enhance } from './fields/enhance';

enhance(document);
