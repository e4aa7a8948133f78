import { useTranslation } from 'react-i18next'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { BrokenScreen } from './broken-screen'
import { EndQuestion } from './end-question'
import classes from './frame.module.css'
import { LostBanner } from './lost-banner'
import { Palette } from './palette'
import { Rail } from './rail'
import { screens } from './screens'
import { Strip } from './strip'
import { useTitle } from './use-title'

/** The frame, the same on every screen: rail, strip, and the screen in the middle. */
export function Frame() {
  const { t } = useTranslation()
  const [location] = useLocation()
  useTitle(location.split('/')[1] || 'overview')
  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={focusContent}>
        {t('frame.skip')}
      </button>
      <Rail />
      <div className={classes.side}>
        <Strip />
        <LostBanner />
        <main id="content" className={classes.content} tabIndex={-1}>
          <Switch>
            {screens.map(({ id, View }) => (
              <Route key={id} path={`/${id}/*?`}>
                <BrokenScreen>
                  <View />
                </BrokenScreen>
              </Route>
            ))}
            <Route>
              <Redirect to="/overview" replace />
            </Route>
          </Switch>
        </main>
      </div>
      <Palette />
      <EndQuestion />
    </div>
  )
}

function focusContent() {
  document.getElementById('content')?.focus()
}
